package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes of partitioned tables, at more than one depth, with names that need quotes, and with more partitions than the project knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentPartitionTest {

    private static final String LONG = "verkäufe_des_jahres_2027_mit_einem_sehr_langen_namen_der_passt";

    private static final String MIGRATION = """
            create schema "Läden";
            create table "Läden".sale (shop varchar(10), day date not null, amount int) partition by range (day);
            create table "Läden".sale_2026 partition of "Läden".sale for values from ('2026-01-01') to ('2027-01-01');
            create index sale_day on "Läden".sale (day);
            """;

    private static final String APPLY = """
            create index sale_shop on "Läden".sale (shop, day) where shop in ('a', 'b');
            drop index "Läden".sale_day;
            create index sale_day on "Läden".sale (day, amount);
            """;

    private static final String UNDO = """
            drop index "Läden".sale_day;
            create index sale_day on "Läden".sale (day);
            drop index "Läden".sale_shop;
            """;

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
                        create table "Filiale A" partition of "%1$s" for values in ('a');
                        create table "Filiale b" partition of "%1$s" default;
                        insert into "Läden".sale
                        select chr(97 + n %% 3), date '2026-01-01' + n, n from generate_series(1, 700) n;
                        """.formatted(LONG));
    }

    @Test
    void every_leaf_is_built_by_itself_and_the_parent_becomes_valid() {
        Live live = lab.database();
        DeploymentPlan plan = live.plan("indexed");
        assertThat(plan.steps().stream().filter(step -> step.kind() == StepKind.CREATE))
                .hasSize(6)
                .allMatch(step -> step.statements().get(0).startsWith("create index concurrently "));
        assertThat(plan.hazards()).containsExactly(Hazard.REPLACE_INDEX);

        live.apply("indexed");

        assertThat(live.steps("indexed")).isEmpty();
        assertReached(live);
    }

    private static void assertReached(Live live) {
        assertThat(live.invalidIndexes()).isEmpty();
        assertThat(live.texts("select distinct c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
                        + " where c.relkind = 'I' and c.relname like 'sale%' order by 1"))
                .containsExactly("sale_day", "sale_shop");
        assertThat(live.texts("""
                        select count(*) from pg_partition_tree('"Läden".sale_day') where isleaf
                        union all
                        select count(*) from pg_partition_tree('"Läden".sale_shop') where isleaf
                        union all
                        select count(*) from pg_class where relname like '%pgattest%'
                        """)).containsExactly("3", "3", "0");
        assertThat(live.texts("select count(*) || ' ' || sum(amount) from \"Läden\".sale"))
                .containsExactly("700 245350");
    }

    @Test
    void it_is_taken_back() {
        Live live = lab.database().apply("indexed").rollback(DeploymentListener.SILENT);
        assertThat(live.steps("plain")).isEmpty();
        assertThat(live.texts("select pg_get_indexdef('\"Läden\".sale_day'::regclass)"))
                .containsExactly("CREATE INDEX sale_day ON ONLY \"Läden\".sale USING btree (day)");
        assertThat(live.texts("select to_regclass('\"Läden\".sale_shop')")).containsOnlyNulls();
        assertThat(live.invalidIndexes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 13, 17})
    void an_interrupted_recipe_is_finished_or_taken_back(int number) {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        assertThatThrownBy(() -> live.apply("indexed", killedAfter(number, live)))
                .isInstanceOf(PgattestException.class);
        Live other = lab.database();
        assertThatThrownBy(() -> other.apply("indexed", killedAfter(number, other)))
                .isInstanceOf(PgattestException.class);

        live.apply("indexed");
        assertThat(live.steps("indexed")).isEmpty();
        assertReached(live);

        other.rollback(DeploymentListener.SILENT);
        assertThat(other.steps("plain")).isEmpty();
        assertThat(other.invalidIndexes()).isEmpty();
        assertThat(other.schema().lines().stream()
                        .filter(line -> line.startsWith("index "))
                        .count())
                .isEqualTo(before.stream()
                        .filter(line -> line.startsWith("index "))
                        .count());
    }

    private static DeploymentListener killedAfter(int number, Live live) {
        return new DeploymentListener() {
            private int done;

            @Override
            public void executed(Step step) {
                done++;
                if (done == number) {
                    DeploymentKillTest.terminate(live);
                }
            }
        };
    }

    @Test
    void a_foreign_partition_is_refused() {
        Live live = lab.database().run("""
                create extension if not exists file_fdw;
                create server files foreign data wrapper file_fdw;
                create foreign table "Läden".old partition of "Läden".sale
                    for values from ('2020-01-01') to ('2021-01-01') server files options (filename '/dev/null');
                """);
        assertThatThrownBy(() -> live.plan("indexed"))
                .isInstanceOfSatisfying(
                        PgattestException.class,
                        failure -> assertThat(failure.problems())
                                .allMatch(problem -> problem.message().contains("is a foreign table, so the index")));
    }
}
