package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.Severity;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintInput;
import dev.pgattest.lint.LintSettings;
import dev.pgattest.lint.Linter;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.testing.Psql;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    /** What the server keeps of it, if it is longer. */
    private static final String LONG_KEPT = LONG.substring(0, LONG.length() - 1);

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
    void the_session_of_psql_has_its_settings_again() {
        Live live = lab.database();
        String settings = "select 'settings: ' || string_agg(name || ' ' || setting, ', ' order by name)"
                + " from pg_settings where context in ('user', 'superuser') and category <> 'Customized Options'";
        Psql.End end = Psql.to(live.connections())
                .run(
                        "-At",
                        "-v",
                        ALLOWED,
                        "-c",
                        settings,
                        "-f",
                        playbook(live).resolve("apply.sql").toString(),
                        "-c",
                        settings);
        List<String> shown = end.output()
                .lines()
                .filter(line -> line.startsWith("settings: "))
                .toList();
        assertThat(shown).as(end.output()).hasSize(2);
        assertThat(shown.get(1)).isEqualTo(shown.get(0));
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
                            new LintInput(List.of(new SqlFile(name, files.getOrDefault(name, "")))),
                            LintSettings.DEFAULT)
                    .findings();
            assertThat(findings)
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void nothing_is_done_that_was_not_allowed_or_is_not_for_this_session() {
        Live live = lab.database();
        String script = playbook(live).resolve("apply.sql").toString();
        Psql psql = Psql.to(live.connections());

        assertStops(
                psql.run("-v", "allow=script", "-f", script), "hazards that are not allowed", "-v allow=drop-index");
        assertStops(psql.run("-1", "-v", ALLOWED, "-f", script), "run in a transaction", "without -1");
        assertStops(
                psql.with("PGOPTIONS", "-c default_transaction_read_only=on").run("-v", ALLOWED, "-f", script),
                "the session is read-only");
        assertStops(
                psql.run("-v", ALLOWED, "-d", "postgres", "-f", script),
                "the plan was made for the database "
                        + live.connections().settings().database());
        try (DeploymentSession other = DeploymentSession.open(live.connections())) {
            assertThat(other.tryLock()).isTrue();
            assertStops(
                    psql.run("-v", ALLOWED, "-f", script), "another deployment is at work", "it is pgattest (process");
        }
        assertThat(live.texts("select to_regnamespace('pgattest')")).containsOnlyNulls();
    }

    private static void assertStops(Psql.End end, String... says) {
        assertThat(end.status()).as(end.output()).isEqualTo(3);
        assertThat(end.output()).contains(says);
    }

    @Test
    void what_the_plan_has_not_seen_stops_it() {
        Live live = lab.database();
        Path playbook = playbook(live);
        live.run("create table \"%s\" ()".formatted(LONG_KEPT));
        assertStops(apply(live, playbook), "is taken by something that is no index of its table");

        live.run("drop table \"%s\"; create index \"%s\" on orders (owner)".formatted(LONG_KEPT, LONG_KEPT));
        assertStops(apply(live, playbook), "is there with another definition", "it is CREATE INDEX");

        live.run("drop index \"%1$s\"; create index \"%1$s\" on orders (owner) where status in ('open', 'late');"
                        .formatted(LONG_KEPT)
                + " update pg_index set indisvalid = false where indexrelid = '\"%s\"'::regclass".formatted(LONG_KEPT));
        assertStops(apply(live, playbook), "is invalid, and no deployment has left it");
        assertStops(apply(live, playbook), "is invalid, and no deployment has left it");

        live.run("update pg_index set indisvalid = true where indexrelid = '\"%s\"'::regclass".formatted(LONG_KEPT));
        live.run(
                "drop index \"drop \"\"me\"\" :'x'\"; create index \"drop \"\"me\"\" :'x'\" on \":'x' \\q $pgattest$\" (\"it's\")");
        Psql.End end = apply(live, playbook);
        assertStops(end, "has another definition than the plan has seen");
        assertThat(end.output()).contains("step 1 of 14: create public.\"" + LONG_KEPT + "\"\n  done already");
    }

    @Test
    void rows_that_are_equal_are_shown_and_leave_nothing_behind() {
        Live live = lab.database();
        live.run(
                "update orders set note = 'Same' where id < 4; update orders set note = 'same too' where id in (10, 11)");
        Path playbook = playbook(live);

        Psql.End end = apply(live, playbook);

        assertStops(end, "could not be built", "same     |    3", "same too |    2");
        assertThat(live.invalidIndexes()).isEmpty();
        DeploymentRecord last = live.history().last().orElseThrow();
        assertThat(last.isUnfinished()).isTrue();
        assertThat(last.steps().get(last.steps().size() - 1).outcome()).isEqualTo("failed");

        live.run("update orders set note = id::text");
        assertThat(apply(live, playbook).output()).contains("goes on with apply 1 from plain to indexed");
        assertThat(live.steps("indexed")).isEmpty();
    }

    @Test
    void a_session_that_is_killed_in_a_build_is_gone_on_with() throws Exception {
        Live live = lab.database();
        Path playbook = playbook(live);
        Process psql;
        try (Session blocker = live.connections().open()) {
            blocker.execute("begin");
            blocker.execute("update orders set note = note where id = 1");
            psql = Psql.to(live.connections())
                    .start("-v", ALLOWED, "-f", playbook.resolve("apply.sql").toString());
            await(live, "select count(*)::text from pg_index where not indisvalid", "1");
            Psql.End second = apply(live, playbook);
            assertStops(second, "another deployment is at work", "it is pgattest (apply.sql)");
            live.texts(
                    "select pg_terminate_backend(pid)::text from pg_stat_activity where application_name = 'pgattest (apply.sql)'");
            assertThat(psql.waitFor()).isEqualTo(2);
            await(
                    live,
                    "select count(*)::text from pg_stat_activity where application_name = 'pgattest (apply.sql)'",
                    "0");
            assertThat(live.invalidIndexes()).hasSize(1);
            blocker.execute("rollback");
        }
        assertStops(rollbackAsIs(live, playbook), "allowed");

        assertThat(apply(live, playbook).status()).isZero();

        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.invalidIndexes()).isEmpty();
    }

    private static Psql.End rollbackAsIs(Live live, Path playbook) {
        return Psql.to(live.connections())
                .run("-f", playbook.resolve("rollback.sql").toString());
    }

    private static void await(Live live, String query, String value) {
        while (!live.texts(query).equals(List.of(value))) {
            LockRetry.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void the_deployer_and_the_scripts_go_on_with_what_the_other_has_begun() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        Path playbook = playbook(live);
        DeploymentPlan plan = DeploymentPlanFile.read(playbook.resolve("plan.json"));
        assertThatThrownBy(() -> live.carryOut(plan, DeploymentTest.failingAt(StepKind.DATA), Hazard.values()))
                .hasMessage("stopped by the test");
        assertStops(rollback(live, playbook), "have not run, or only a part of them");

        Psql.End end = apply(live, playbook);
        assertThat(end.status()).as(end.output()).isZero();
        assertThat(end.output()).contains("step 8 of 14: script states/apply.sql:10\n  done already");
        assertThat(live.texts("select count(*) from totals")).containsExactly("10");

        live.rollback(DeploymentListener.SILENT);
        assertThat(live.schema().lines()).isEqualTo(before);
    }

    @Test
    void half_of_a_deployment_is_taken_back_when_none_of_its_scripts_has_run() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        Path playbook = playbook(live);
        DeploymentPlan plan = DeploymentPlanFile.read(playbook.resolve("plan.json"));
        assertThatThrownBy(() -> live.carryOut(plan, DeploymentTest.failingAt(StepKind.SWAP), Hazard.values()))
                .hasMessage("stopped by the test");

        Psql.End back = rollback(live, playbook);

        assertThat(back.status()).as(back.output()).isZero();
        assertThat(live.schema().lines()).isEqualTo(before);
        assertThat(live.history().unfinished()).isEmpty();
    }

    @Test
    void a_rollback_has_a_playbook_too() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        live.apply("indexed");
        MakePlaybook.Texts texts = live.playbook("indexed", new PlaybookRequest.Subject.Rollback());
        assertThat(texts.files()).containsOnlyKeys("playbook.md", "plan.json", "rollback.sql");
        assertThat(texts.files().get("playbook.md")).startsWith("# Rollback of shop: indexed → plain\n");
        Path out = folder.resolve("rollback");
        texts.writeTo(out);

        Psql.End back = rollback(live, out);

        assertThat(back.status()).as(back.output()).isZero();
        assertThat(live.schema().lines()).isEqualTo(before);
    }
}
