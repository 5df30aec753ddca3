package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {

    private static final HostPort SERVER =
            TestCluster.server().settings().hosts().get(0);

    @Test
    void a_session_has_our_name_and_utc_and_untyped_text() {
        try (Session session = TestCluster.freshDatabase().open()) {
            List<String> row = session.query(
                            "select current_setting('application_name'), current_setting('TimeZone'), ?::int + 1",
                            each -> List.of(each.getString(1), each.getString(2), each.getString(3)),
                            "41")
                    .get(0);
            assertThat(row).containsExactly("pgattest", "UTC", "42");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "wi th:every@thing/?#[]%+&'\"\\", "größe"})
    void names_and_passwords_with_any_character_work(String name) {
        String password = "p-" + name;
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("create role " + Identifier.quote(name) + " login password " + Literal.quote(password));
            session.execute("create database " + Identifier.quote(name) + " template template0");
        }
        String url = "postgresql://" + encoded(name) + ":" + encoded(password) + "@" + SERVER + "/" + encoded(name);

        try (Session session = connections(url).open()) {
            assertThat(session.query("select current_user || '|' || current_database()", row -> row.getString(1)))
                    .containsExactly(name + "|" + name);
        }
    }

    @Test
    void a_refused_password_is_an_environment_failure_that_never_shows_it() {
        Connections connections = connections("postgresql://postgres:wrong-s3cret@" + SERVER + "/postgres");

        PgattestException failure = failure(connections::open);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(failure)
                .hasMessageContaining("cannot connect to postgresql://postgres@" + SERVER + "/postgres")
                .hasMessageContaining("28P01");
        assertThat(failure.remedy()).contains("PGPASSWORD");
        assertThat(everything(failure) + connections).doesNotContain("s3cret");
    }

    @Test
    void a_password_in_a_statement_or_in_the_servers_answer_is_hidden_with_the_cause() {
        ConnectionSettings ours = TestCluster.server().settings();
        String password = Objects.requireNonNull(ours.password()).value();
        try (Session session = TestCluster.freshDatabase().open()) {
            PgattestException asName = failure(() -> session.execute("select * from \"" + password + "\""));
            PgattestException asLiteral =
                    failure(() -> session.execute("alter role nobody_here password 'other-s3cret'"));

            assertThat(everything(asName))
                    .doesNotContain(password)
                    .contains("***")
                    .contains("42P01");
            assertThat(asLiteral).hasMessageContaining("password '***'");
            assertThat(everything(asLiteral)).doesNotContain("other-s3cret");
        }
    }

    @Test
    void an_unreachable_server_is_named_with_its_port() throws IOException {
        HostPort nobody = new HostPort("127.0.0.1", closedPort());

        PgattestException failure = failure(connections("postgresql://u:s3cret@" + nobody + "/d")::open);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(failure).hasMessageContaining(nobody.toString());
        assertThat(failure.remedy()).contains(nobody.toString()).contains("the network lets you through");
        assertThat(everything(failure)).doesNotContain("s3cret");
    }

    @Test
    void the_next_host_is_tried_when_one_does_not_answer() throws IOException {
        ConnectionSettings ours = TestCluster.server().settings();
        ConnectionSettings two = new ConnectionSettings(
                List.of(new HostPort("127.0.0.1", closedPort()), SERVER),
                ours.database(),
                ours.user(),
                ours.password(),
                ours.properties(),
                "");

        try (Session session = new Connections(two).open()) {
            assertThat(session.query("select 1", row -> row.getInt(1))).containsExactly(1);
        }
    }

    @Test
    void a_missing_privilege_says_who_lacks_it() {
        Connections database = TestCluster.freshDatabase();
        try (Session session = database.open()) {
            session.execute("create role lacking login password 'p1234567'; create table t ()");
        }
        Connections lacking = new Connections(database.settings().withUser("lacking", new Secret("p1234567")));

        try (Session session = lacking.open()) {
            PgattestException failure = failure(() -> session.execute("select * from t"));
            assertThat(failure).hasMessageContaining("42501").hasMessageContaining("statement: select * from t");
            assertThat(failure.remedy())
                    .isEqualTo("the user lacking lacks the privilege: grant it, or connect as another user");
        }
    }

    @Test
    void a_connection_that_the_server_ends_is_reported_as_lost() {
        Connections database = TestCluster.freshDatabase();
        try (Session victim = database.open();
                Session killer = database.open()) {
            int process = victim.query("select pg_backend_pid()", row -> row.getInt(1))
                    .get(0);
            killer.query("select pg_terminate_backend(?)", row -> row.getBoolean(1), process);

            PgattestException failure = failure(() -> victim.execute("select pg_sleep(0)"));

            assertThat(failure.remedy()).startsWith("the connection was lost");
        }
    }

    @Test
    void a_full_disk_has_its_own_remedy() {
        try (Session session = TestCluster.freshDatabase().open()) {
            String full = "do $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$";

            PgattestException failure = failure(() -> session.execute(full));

            assertThat(failure.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(failure.remedy()).startsWith("the disk of the server is full");
        }
    }

    @Test
    void detail_and_hint_are_told_and_a_long_statement_is_cut() {
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("create table t (id int primary key); insert into t values (1)");
            PgattestException detail = failure(() -> session.execute("insert into t values (1)"));
            PgattestException cut =
                    failure(() -> session.execute("select nothing" + " ".repeat(5) + ", 1".repeat(400)));

            assertThat(detail).hasMessageContaining("detail: Key (id)=(1) already exists.");
            assertThat(cut).hasMessageContaining("... (1215 characters)");
            assertThat(Objects.requireNonNull(cut.getMessage()).length()).isLessThan(600);
        }
    }

    private static Connections connections(String url) {
        return new Connections(ConnectionSettings.parse(url, LibpqEnvironment.empty()));
    }

    private static PgattestException failure(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(PgattestException.class, call));
    }

    /** The whole stack trace with every cause, as a log would show it. */
    private static String everything(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
