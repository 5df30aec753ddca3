package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.server.Pooler;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexesCommandTest {

    private static final String PLAN = """
            indexes:
              owners_pkey: {table: owners, definition: primary key (id), enforces: one id, decision: keep}
              orders_pkey: {table: public.orders, definition: primary key (id), enforces: one id, decision: keep}
              orders_owner:
                table: orders
                definition: create index orders_owner on orders (owner) where status in ('open', 'paid')
                serves: [Q1_orders]
                supports: deletes of owners
                decision: create
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ShopProject shop() {
        return new ShopProject()
                .with("pgattest.yaml", "workload: workload.yaml", "workload: workload.yaml\nindexes: indexes.yaml")
                .with("migrations/V1__tables.sql", "owner bigint", "status varchar(10), owner bigint")
                .with("states/apply.sql", "(owner)", "(owner) where status in ('paid', 'open')")
                .withFile("indexes.yaml", PLAN);
    }

    private int indexes(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 2];
        all[0] = "indexes";
        all[1] = folder.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    @Test
    void the_gate_has_what_the_plan_wants_and_another_state_lacks_it() throws IOException {
        shop().writeTo(folder);

        assertThat(indexes("--format", "json")).as(err.toString()).isZero();
        assertThat(problemsOfSchema(out.toString())).isEmpty();
        assertThat(out.toString())
                .contains("\"rule\" : \"unproven\"")
                .contains("CREATE INDEX orders_owner ON public.orders");
        assertThat(err.toString()).contains("3 of 3 planned indexes in the state indexed on PostgreSQL");

        assertThat(indexes("--state", "plain", "--format", "markdown")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "error[missing]: public.orders_owner: public.orders has no such index; it is to serve Q1_orders")
                .contains(
                        "help: create index concurrently orders_owner on orders (owner) where status in ('open', 'paid')");
        assertThat(out.toString())
                .startsWith("# Index plan of shop\n")
                .contains(
                        "### orders_owner\n\n```sql\ncreate index orders_owner on orders (owner) where status in ('open', 'paid')\n```")
                .contains("- **Type:** B-tree, partial\n")
                .contains("- **Serves:** Q1_orders\n");
    }

    /** Everything that can be wrong in a running database, in one. */
    @Test
    void a_running_database_is_compared_and_not_changed() throws IOException {
        shop().with("indexes.yaml", "    decision: create\n", """
                            decision: create
                          orders_gone: {table: orders, definition: create index on orders (id), decision: drop, rationale: idle}
                          orders_wide: {table: orders, definition: 'unique (owner, id)', enforces: x, decision: keep}
                        """).writeTo(folder);
        Connections live = TestCluster.freshDatabase();
        try (Session session = live.open()) {
            session.execute("""
                    create table owners (id bigint primary key);
                    create table orders (id bigint primary key, status varchar(10), owner bigint not null references owners);
                    create index orders_owner on orders (owner) where status in ('open', 'paid');
                    create index orders_gone on orders (id);
                    create unique index orders_wide on orders (owner, id);
                    create index "Groß" on orders (lower(status));
                    alter table orders add unique (owner) deferrable;
                    update pg_index set indisvalid = false where indexrelid = '"Groß"'::regclass;
                    """);
            SchemaFingerprint before = SchemaFingerprint.read(session);

            assertThat(indexes("--server", url(live), "--format", "json")).isEqualTo(1);

            assertThat(SchemaFingerprint.read(session)).isEqualTo(before);
        }
        assertThat(problemsOfSchema(out.toString())).isEmpty();
        for (String expected : List.of(
                "undropped public.orders_gone",
                "different public.orders_wide",
                "extra public.\\\"Groß\\\"",
                "invalid public.\\\"Groß\\\"",
                "redundant public.orders_gone",
                "conflict public.orders_owner_key",
                "extra public.orders_owner_key",
                "uncertain public.orders_owner")) {
            String[] parts = expected.split(" ", 2);
            assertThat(out.toString().replaceAll("\\s+", " "))
                    .containsPattern("\"rule\" : \"" + parts[0] + "\", \"severity\" : \"\\w+\", \"object\" : \""
                            + Pattern.quote(parts[1]) + "\"");
        }
        assertThat(err.toString()).contains("the session is read-only");
    }

    private static String url(Connections live) {
        return TestCluster.url().replaceFirst("/[^/]*$", "/" + live.settings().database());
    }

    @Test
    void a_pool_in_transaction_mode_gets_its_connection_back_as_it_was() throws IOException {
        assumeTrue(Pooler.isInstalled(), "pgbouncer is not installed: apt-get install pgbouncer");
        shop().writeTo(folder);
        Connections live = TestCluster.freshDatabase();
        try (Pooler pooler = Pooler.start("transaction", 1, live)) {
            ConnectionSettings pooled = pooler.connections().settings();
            String server =
                    TestCluster.url().replaceFirst("@.*$", "@" + pooled.hosts().get(0) + "/" + pooled.database());

            assertThat(indexes("--server", server)).as(err.toString()).isEqualTo(1);

            try (Session application = pooler.connections().open()) {
                assertThat(application.query("show lock_timeout", row -> row.getString(1)))
                        .containsExactly("0");
                application.execute("create table written (id int)");
            }
        }
        assertThat(err.toString()).contains("0 of 3 planned indexes in the database");
    }

    @Test
    void a_role_without_any_right_on_the_tables_can_compare() throws IOException {
        shop().writeTo(folder);
        Connections live = TestCluster.freshDatabase();
        String role = "reader_" + live.settings().database();
        try (Session session = live.open()) {
            session.execute("""
                    create schema hidden;
                    create table hidden.owners (id bigint primary key);
                    create table hidden.orders (id bigint primary key, status varchar(10), owner bigint);
                    create index orders_owner on hidden.orders (owner) where status in ('open', 'paid');
                    revoke all on schema hidden from public;
                    create role %1$s login password 'secret';
                    """.formatted(role));
            String url = url(live).replaceFirst("//[^@]*@", "//" + role + ":secret@");

            assertThat(indexes("--server", url)).as(err.toString()).isEqualTo(1);
            // public.orders is another table than hidden.orders; `orders` alone is whatever there is
            assertThat(out.toString())
                    .contains("error[missing]: public.orders_pkey: the table public.orders does not exist")
                    .contains("info[uncertain]: hidden.orders_owner");
            assertThat(err.toString()).doesNotContain("secret");
            session.execute("drop role " + role);
        }
    }

    @Test
    void says_what_is_wrong_with_the_request() throws IOException {
        shop().writeTo(folder);
        assertThat(indexes("--state", "planed")).isEqualTo(2);
        assertThat(err.toString()).contains("the project has no state planed").contains("plain, indexed");
        assertThat(indexes("--server", "nothing")).isEqualTo(2);
        assertThat(indexes("--evidence", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has no evidence.json");
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/evidence.json"), "{");
        assertThat(indexes("--evidence", folder.resolve("broken").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is no evidence");
        assertThat(indexes("--server", "postgresql://nobody@127.0.0.1:1/x")).isEqualTo(3);

        Files.writeString(folder.resolve("indexes.yaml"), PLAN.replace("keep", "keeps"));
        assertThat(indexes()).isEqualTo(2);
        assertThat(err.toString()).contains(folder + "/indexes.yaml:2:").contains("expected one of keep");

        new ShopProject().writeTo(folder);
        assertThat(indexes()).isEqualTo(2);
        assertThat(err.toString()).contains("the project has no index plan");
        assertThat(Main.commandLine().setErr(new PrintWriter(err, true)).execute("indexes"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no project is named");
    }

    private static List<String> problemsOfSchema(String json) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs/schema/drift.schema.json")))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
