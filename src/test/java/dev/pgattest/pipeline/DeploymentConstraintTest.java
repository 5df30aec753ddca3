package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Constraints that own an index, and other things that are not plain indexes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentConstraintTest {

    private static final String MIGRATION = """
            alter table orders add column code text;
            create table log (id bigint);
            create materialized view per_owner as select owner, count(*) as orders from orders group by owner;
            """;

    private static final String APPLY = """
            alter table orders add constraint "Einmal" unique (code) include (owner) deferrable initially deferred;
            comment on index "Einmal" is 'one of each';
            alter table log add primary key (id);
            create unique index per_owner_once on per_owner (owner);
            refresh materialized view concurrently per_owner;
            create unique index orders_once on orders (id, owner);
            alter table orders add constraint orders_once_too unique using index orders_once;
            """;

    private static final String UNDO = """
            drop index per_owner_once;
            alter table log drop constraint log_pkey;
            alter table log alter column id drop not null;
            alter table orders drop constraint "Einmal";
            alter table orders drop constraint orders_once_too;
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO))
                .with(
                        "insert into owners values (1); insert into orders select n, 1, 'c' || n from generate_series(1, 50) n");
    }

    @Test
    void a_constraint_takes_over_an_index_that_was_built_before() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        DeploymentPlan plan = live.plan("indexed");
        assertThat(plan.hazards()).containsExactly(Hazard.UNIQUE_BUILD, Hazard.SCRIPT, Hazard.LONG_LOCK);
        assertThat(plan.steps().stream()
                        .map(step -> step.kind() + " " + step.subject().text()))
                .containsExactly(
                        "CREATE public.\"Einmal\"",
                        "ADD_CONSTRAINT public.\"Einmal\"",
                        "CREATE public.log_pkey",
                        "ADD_CONSTRAINT public.log_pkey",
                        "CREATE public.per_owner_once",
                        "REFRESH states/apply.sql:5",
                        "CREATE public.orders_once_too",
                        "ADD_CONSTRAINT public.orders_once_too");

        live.apply("indexed");

        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.texts("select pg_get_constraintdef(oid) from pg_constraint where conname = 'Einmal'"))
                .containsExactly("UNIQUE (code) INCLUDE (owner) DEFERRABLE INITIALLY DEFERRED");
        assertThat(live.texts("select obj_description('\"Einmal\"'::regclass)")).containsExactly("one of each");

        live.rollback(DeploymentListener.SILENT);
        assertThat(live.schema().lines().stream()
                        .filter(line -> line.startsWith("index"))
                        .toList())
                .isEqualTo(
                        before.stream().filter(line -> line.startsWith("index")).toList());
    }

    @Test
    void an_interrupted_constraint_is_finished() {
        Live live = lab.database();
        assertThatThrownBy(() -> live.apply("indexed", DeploymentTest.failingAt(StepKind.ADD_CONSTRAINT)))
                .isInstanceOf(PgattestException.class);
        live.apply("indexed");
        assertThat(live.steps("indexed")).isEmpty();
        live.apply("plain");
        assertThat(live.steps("plain")).isEmpty();
    }

    @Test
    void another_index_for_a_constraint_is_refused() {
        Live live = lab.database().run("alter table orders add constraint \"Einmal\" unique (code, id)");
        assertThatThrownBy(() -> live.plan("indexed"))
                .hasMessageContaining("belongs to the constraint Einmal and is to become another index");
    }
}
