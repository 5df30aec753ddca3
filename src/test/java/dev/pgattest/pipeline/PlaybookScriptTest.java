package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Severity;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintInput;
import dev.pgattest.lint.LintSettings;
import dev.pgattest.lint.Linter;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.testing.Psql;
import dev.pgattest.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of a playbook, carried out by psql, on a project whose names are hard to write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaybookScriptTest {

    private static final String LONG = "größe_einer_bestellung_mit_einem_namen_von_genau_63_bytes_hier";

    private static final String MIGRATION = """
            alter table orders add column status varchar(10) not null default 'open';
            alter table orders add column note text;
            create index orders_status on orders (status);
            comment on index orders_status is 'To be ''replaced'' \\ :now';
            create table ":'x' \\q $pgattest$" ("a:b" int, "it's" text);
            create index "drop ""me"" :'x'" on ":'x' \\q $pgattest$" ("a:b");
            """;

    private static final String APPLY = """
            create index concurrently "%s" on orders (owner) where status in ('open', 'late');
            drop index concurrently "drop ""me"" :'x'";
            create index concurrently new_status on orders (status, id);
            drop index concurrently orders_status;
            alter index new_status rename to orders_status;
            comment on index orders_status is 'It''s \\ :replaced';
            create unique index concurrently "Größe ""x"" \\y :z 'q'" on orders (lower(note));
            create index concurrently "a:b" on ":'x' \\q $pgattest$" (lower("it's")) where "it's" <> ':''x''\\';
            set lock_timeout = '1s';
            create table totals (owner bigint primary key, orders bigint not null);
            create index totals_orders on totals (orders);
            insert into totals select owner, count(*) from orders group by owner;
            do $$ begin perform ':x \\'::text; end $$;
            analyze totals;
            """.formatted(LONG);

    private static final String UNDO = """
            drop table totals;
            drop index concurrently "a:b";
            drop index concurrently "Größe ""x"" \\y :z 'q'";
            drop index concurrently orders_status;
            create index concurrently orders_status on orders (status);
            comment on index orders_status is 'To be ''replaced'' \\ :now';
            create index concurrently "drop ""me"" :'x'" on ":'x' \\q $pgattest$" ("a:b");
            drop index concurrently "%s";
            """.formatted(LONG);

    private static final String ALLOWED = "allow=drop-index,replace-index,unique-build,script";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO)).with("""
                        insert into owners select n from generate_series(1, 10) n;
                        insert into orders (id, owner, note) select n, 1 + n % 10, 'note ' || n from generate_series(1, 500) n;
                        create index by_hand on orders (id, owner);
                        """);
    }

    private Path playbook(Live live) {
        Path out = folder.resolve("out_" + live.connections().settings().database());
        live.playbook("indexed").writeTo(out);
        return out;
    }

    private static Psql.End apply(Live live, Path playbook) {
        return Psql.to(live.connections())
                .run("-v", ALLOWED, "-f", playbook.resolve("apply.sql").toString());
    }

    private static Psql.End rollback(Live live, Path playbook) {
        return Psql.to(live.connections())
                .run("-v", ALLOWED, "-f", playbook.resolve("rollback.sql").toString());
    }

    @Test
    void psql_reaches_the_state_and_takes_it_back_without_a_trace() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        Path playbook = playbook(live);

        Psql.End applied = apply(live, playbook);

        assertThat(applied.status()).as(applied.output()).isZero();
        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.schema().lines())
                .isEqualTo(lab.database().apply("indexed").schema().lines());
        assertThat(live.texts("select sum(orders) from totals")).containsExactly("500");
        DeploymentRecord last = live.history().last().orElseThrow();
        assertThat(last.outcome()).isEqualTo(DeploymentRecord.Outcome.DONE);

        Psql.End again = apply(live, playbook);
        assertThat(again.status()).as(again.output()).isZero();
        assertThat(again.output()).startsWith("nothing is to be done").doesNotContain("step");

        Psql.End back = rollback(live, playbook);
        assertThat(back.status()).as(back.output()).isZero();
        assertThat(live.schema().lines()).isEqualTo(before);
        assertThat(live.history().deployments().get(0).outcome()).isEqualTo(DeploymentRecord.Outcome.UNDONE);
        assertThat(rollback(live, playbook).output()).startsWith("nothing is to be done");

        assertThat(apply(live, playbook).status()).isZero();
        assertThat(live.steps("indexed")).isEmpty();
    }

    @Test
    void the_scripts_have_no_error_of_lint() {
        Map<String, String> files = lab.database().playbook("indexed").files();
        assertThat(files).containsOnlyKeys("playbook.md", "plan.json", "apply.sql", "rollback.sql");
        for (String name : List.of("apply.sql", "rollback.sql")) {
            List<Finding> findings = Linter.lint(
                            new LintInput(List.of(new SqlFile(name, files.get(name)))), LintSettings.DEFAULT)
                    .findings();
            assertThat(findings).filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .as(name)
                    .isEmpty();
        }
    }
}
