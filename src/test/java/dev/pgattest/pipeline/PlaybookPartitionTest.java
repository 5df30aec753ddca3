package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.Severity;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.lint.LintInput;
import dev.pgattest.lint.LintSettings;
import dev.pgattest.lint.Linter;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.testing.Psql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of a playbook for what has steps of its own: partitions at more than one depth, replaced indexes, constraints. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaybookPartitionTest {

    private static final String MIGRATION = """
            create schema "Läden";
            create table "Läden".sale (shop varchar(10), day date not null, amount int) partition by range (day);
            create table "Läden".sale_2026 partition of "Läden".sale for values from ('2026-01-01') to ('2027-01-01');
            create index sale_day on "Läden".sale (day);
            create table coupon (code text not null);
            """;

    private static final String APPLY = """
            create index sale_shop on "Läden".sale (shop, day) where shop in ('a', 'b');
            drop index "Läden".sale_day;
            create index sale_day on "Läden".sale (day, amount);
            alter table coupon add constraint coupon_code unique (code) deferrable initially deferred;
            """;

    private static final String UNDO = """
            alter table coupon drop constraint coupon_code;
            drop index "Läden".sale_day;
            create index sale_day on "Läden".sale (day);
            drop index "Läden".sale_shop;
            """;

    private static final String ALLOWED = "allow=replace-index unique-build drop-index drop-constraint";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO)).with("""
                        create table "%1$s" partition of "Läden".sale for values from ('2027-01-01') to ('2028-01-01')
                            partition by list (shop);
                        create table "Filiale 'A'" partition of "%1$s" for values in ('a');
                        create table "Filiale :b" partition of "%1$s" default;
                        insert into "Läden".sale
                        select chr(97 + n %% 3), date '2026-01-01' + n, n from generate_series(1, 700) n;
                        """.formatted("verkäufe \\ 2027"));
    }

    private static Psql.End run(Live live, Path playbook, String script) {
        return Psql.to(live.connections())
                .run("-v", ALLOWED, "-f", playbook.resolve(script).toString());
    }

    private static void succeed(Live live, Path playbook, String script) {
        Psql.End end = run(live, playbook, script);
        assertThat(end.status()).as(end.output()).isZero();
    }

    private Path playbook(Live live) {
        Path out = folder.resolve("out_" + live.connections().settings().database());
        live.playbook("indexed").writeTo(out);
        return out;
    }

    @Test
    void partitions_and_constraints_are_changed_and_changed_back() {
        Live live = lab.database();
        List<String> before = live.texts(INDEXES);
        Path playbook = playbook(live);

        succeed(live, playbook, "apply.sql");
        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(live.texts(INDEXES))
                .isEqualTo(lab.database().apply("indexed").texts(INDEXES));

        succeed(live, playbook, "rollback.sql");
        assertThat(live.steps("plain")).isEmpty();
        assertThat(live.texts(INDEXES)).hasSameSizeAs(before);
        assertThat(live.history().unfinished()).isEmpty();
    }

    @Test
    void half_of_it_is_gone_on_with_and_taken_back_from_everywhere() {
        for (StepKind kind : List.of(StepKind.SWAP, StepKind.DROP_PARENT)) {
            Live live = lab.database();
            List<String> before = live.texts(INDEXES);
            Path playbook = playbook(live);
            DeploymentPlan plan = DeploymentPlanFile.read(playbook.resolve("plan.json"));
            assertThatThrownBy(() -> live.carryOut(plan, DeploymentTest.failingAt(kind), Hazard.values()))
                    .hasMessage("stopped by the test");
            if (kind != StepKind.SWAP) {
                succeed(live, playbook, "apply.sql");
                assertThat(live.steps("indexed")).as(kind.word()).isEmpty();
            }
            succeed(live, playbook, "rollback.sql");
            assertThat(live.steps("plain")).as(kind.word()).isEmpty();
            assertThat(live.invalidIndexes()).isEmpty();
            assertThat(live.texts(INDEXES)).hasSameSizeAs(before);
        }
    }

    private static final String INDEXES = "select pg_get_indexdef(indexrelid) from pg_index"
            + " where indrelid >= 16384 and indrelid not in (select oid from pg_class where relnamespace = 'pg_toast'::regnamespace)"
            + " and indrelid not in (select oid from pg_class where relnamespace = to_regnamespace('pgattest')) order by 1";

    @Test
    void the_scripts_have_no_error_of_lint() {
        Map<String, String> files = lab.database().playbook("indexed").files();
        for (String name : List.of("apply.sql", "rollback.sql")) {
            assertThat(Linter.lint(
                                    new LintInput(List.of(new SqlFile(name, files.getOrDefault(name, "")))),
                                    LintSettings.DEFAULT)
                            .findings())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .as(name)
                    .isEmpty();
        }
    }
}
