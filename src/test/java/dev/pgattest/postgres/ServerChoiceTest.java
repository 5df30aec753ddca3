package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerChoiceTest {

    private record Case(String text, String display, String password) {}

    static Stream<Case> addresses() {
        return Stream.of(
                new Case("postgresql://ada@db.example/shop", "postgresql://ada@db.example:5432/shop", ""),
                new Case("postgres://ada:s3cret@db:5433/shop", "postgresql://ada@db:5433/shop", "s3cret"),
                new Case("postgresql://a%40b:p%3A%2F%3F%23%40+x@db/s", "postgresql://a%40b@db:5432/s", "p:/?#@+x"),
                new Case(
                        "postgresql://%C3%A4da@db/stra%C3%9Fe%20x",
                        "postgresql://%C3%A4da@db:5432/stra%C3%9Fe%20x", ""),
                new Case("postgresql://u@one:1,two:2/d", "postgresql://u@one:1,two:2/d", ""),
                new Case("postgresql://u@one,two:2/d", "postgresql://u@one:5432,two:2/d", ""),
                new Case("postgresql://u@[2001:db8::1]:6000/d", "postgresql://u@[2001:db8::1]:6000/d", ""),
                new Case("postgresql:///d?host=h&port=7&user=u", "postgresql://u@h:7/d", ""),
                new Case("postgresql://u@h", "postgresql://u@h:5432/u", ""),
                new Case("postgresql://", "postgresql://tester@localhost:5432/tester", ""),
                new Case(
                        "host=h port=5 user=u dbname='my db' password='it\\'s \\\\'",
                        "postgresql://u@h:5/my%20db",
                        "it's \\"),
                new Case("host = h  user =u dbname=d", "postgresql://u@h:5432/d", ""));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void an_address_is_read_as_libpq_reads_it(Case each) {
        ConnectionSettings settings = settings(each.text());

        assertThat(settings.display()).isEqualTo(each.display());
        assertThat(settings.secrets().stream().map(Secret::value))
                .isEqualTo(each.password().isEmpty() ? List.of() : List.of(each.password()));
    }

    @Test
    void our_own_servers_are_chosen_by_name() {
        assertThat(ServerChoice.parse("embedded", environment())).isEqualTo(OwnServer.EMBEDDED);
        assertThat(ServerChoice.parse(" local ", environment())).isEqualTo(OwnServer.LOCAL);
    }

    @Test
    void parameters_become_properties_of_the_driver() {
        ConnectionSettings settings = settings("postgresql://u@h/d?sslmode=verify-full&options=-c%20geqo%3Doff"
                + "&connect_timeout=3&target_session_attrs=read-write&keepalives=0&application_name=me");

        assertThat(settings.jdbcProperties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("options", "-c geqo=off")
                .containsEntry("connectTimeout", "3")
                .containsEntry("targetServerType", "primary")
                .containsEntry("tcpKeepAlive", "false")
                .containsEntry("ApplicationName", "me");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:s3cret/x@h/d",
                "postgresql://u:1s3cret/x@h/d",
                "postgresql://u:s3cret?x@h/d",
                "postgresql://u:s3cret%zz@h/d",
                "postgresql://u:s3cret@h:port/d",
                "postgresql://u:s3cret@h/d?s3cret",
                "host=h password='s3cret",
                "host=h passwort=s3cret",
                "s3cret:x@h",
                "postgresql://u:s3cret@h/d?connect_timeout=soon",
            })
    void a_wrong_address_is_bad_input_that_does_not_repeat_a_password(String text) {
        PgattestException failure = failure(text);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
        assertThat(failure.problems().toString() + failure).doesNotContain("s3cret");
    }

    @Test
    void every_problem_is_listed_at_once() {
        assertThat(failure("postgresql://u@h/d?colour=red&shape=round").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "the connection string has an unknown keyword: colour",
                        "the connection string has an unknown keyword: shape");
    }

    @Test
    void a_unix_domain_socket_is_refused_with_what_to_use_instead() {
        assertThat(failure("host=/var/run/postgresql").problems())
                .containsExactly(Problem.ofInput(
                        "the host /var/run/postgresql is a Unix-domain socket, which the Java driver cannot open",
                        "use a TCP address such as localhost:5432"));
        assertThat(failure("postgresql://u@%2Ftmp/d").getMessage()).contains("/tmp is a Unix-domain socket");
    }

    @Test
    void hosts_and_ports_must_match_in_number() {
        assertThat(failure("host=a,b port=1,2,3").getMessage()).isEqualTo("2 hosts but 3 ports");
    }

    @Test
    void another_word_is_refused_with_the_choices() {
        assertThatThrownBy(() -> ServerChoice.parse("docker", environment())).hasMessage("unknown server: docker");
    }

    private static ConnectionSettings settings(String text) {
        assertThat(ServerChoice.parse(text, environment())).isInstanceOf(ServerChoice.Running.class);
        return ConnectionSettings.parse(text, environment());
    }

    private static PgattestException failure(String text) {
        return Objects.requireNonNull(
                catchThrowableOfType(PgattestException.class, () -> ServerChoice.parse(text, environment())));
    }

    private static LibpqEnvironment environment() {
        return new LibpqEnvironment(Map.of(), java.nio.file.Path.of("/nonexistent"), "tester");
    }
}
