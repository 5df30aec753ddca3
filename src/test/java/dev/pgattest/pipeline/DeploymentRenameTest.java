package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.testing.Psql;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that a state has under another name, and the other objects of scripts that statistics are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentRenameTest {

    private static final String MIGRATION = """
            alter table orders add column status text;
            create index "Alter Name ä" on orders (owner, status) where status in ('open', 'late');
            comment on index "Alter Name ä" is 'old';
            create index stays_other on orders (status);
            alter table orders add constraint orders_once unique (owner, id);
            """;

    private static final String APPLY = """
            alter index "Alter Name ä" rename to orders_open;
            comment on index orders_open is 'new';
            create statistics owners_of_states (dependencies, mcv) on owner, status from orders;
            analyze orders;
            drop index stays_other;
            create index not_the_other on orders (status desc);
            """;

    private static final String UNDO = """
            drop statistics owners_of_states;
            drop index not_the_other;
            create index stays_other on orders (status);
            alter index orders_open rename to "Alter Name ä";
            comment on index "Alter Name ä" is 'old';
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(DeployLab.project(folder, MIGRATION, APPLY, UNDO))
                .with("insert into owners select n from generate_series(1, 10) n;"
                        + "insert into orders select n, 1 + n % 10, 'open' from generate_series(1, 500) n");
    }

    private static String file(Live live, String index) {
        return live.texts("select pg_relation_filenode('" + index + "')::text").get(0);
    }

    @Test
    void get_their_name_without_being_built_and_get_the_old_one_back() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        DeploymentPlan plan = live.plan("indexed");
        assertThat(live.steps("indexed"))
                .containsExactly(
                        "rename public.orders_open",
                        "script states/apply.sql:3",
                        "analyze states/apply.sql:4",
                        "create public.not_the_other",
                        "drop public.stays_other");
        assertThat(plan.steps().get(0).statements())
                .containsExactly(
                        "alter index public.\"Alter Name ä\" rename to orders_open",
                        "comment on index public.orders_open is 'new'");
        assertThat(DeploymentPlanJson.read(DeploymentPlanJson.text(plan))).isEqualTo(plan);
        String file = file(live, "\"Alter Name ä\"");

        live.apply("indexed");
        assertThat(file(live, "orders_open")).isEqualTo(file);
        assertThat(live.steps("indexed")).isEmpty();
        assertThat(live.texts("select obj_description('orders_open'::regclass)"))
                .containsExactly("new");

        assertThat(live.rollbackPlan().steps()).anyMatch(step -> step.kind() == StepKind.RENAME);
        live.rollback(DeploymentListener.SILENT);
        assertThat(file(live, "\"Alter Name ä\"")).isEqualTo(file);
        assertThat(live.schema().lines()).isEqualTo(before);
        assertThat(live.steps("plain")).isEmpty();
    }

    @Test
    void the_scripts_of_a_playbook_rename_too() {
        Live live = lab.database();
        List<String> before = live.schema().lines();
        String file = file(live, "\"Alter Name ä\"");
        Path playbook = folder.resolve("playbook");
        live.playbook("indexed").writeTo(playbook);
        assertThat(playbook.resolve("rollback.sql"))
                .content()
                .contains("alter index public.orders_open rename to \"Alter Name ä\"");

        carryOut(live, playbook.resolve("apply.sql"));
        assertThat(file(live, "orders_open")).isEqualTo(file);
        assertThat(live.steps("indexed")).isEmpty();

        carryOut(live, playbook.resolve("apply.sql"));
        carryOut(live, playbook.resolve("rollback.sql"));
        assertThat(file(live, "\"Alter Name ä\"")).isEqualTo(file);
        assertThat(live.schema().lines()).isEqualTo(before);
    }

    private static void carryOut(Live live, Path script) {
        Psql.End end = Psql.to(live.connections())
                .run("-v", "allow=" + String.join(",", Hazard.ids()), "-f", script.toString());
        assertThat(end.status()).as(end.output()).isZero();
    }

    @Test
    void a_rename_that_is_killed_before_or_after_it_is_gone_on_from_or_taken_back() {
        for (boolean after : List.of(false, true)) {
            Live live = lab.database();
            List<String> before = live.schema().lines();
            assertThatThrownBy(() -> live.apply("indexed", killing(live, after)))
                    .isInstanceOf(PgattestException.class);
            assertThat(live.texts("select to_regclass('orders_open')::text"))
                    .containsExactly(after ? "orders_open" : null);
            live.apply("indexed");
            assertThat(live.steps("indexed")).isEmpty();

            live.rollback(DeploymentListener.SILENT);
            assertThatThrownBy(() -> live.apply("indexed", killing(live, after)))
                    .isInstanceOf(PgattestException.class);
            live.rollback(DeploymentListener.SILENT);
            assertThat(live.schema().lines()).isEqualTo(before);
        }
    }

    private static DeploymentListener killing(Live live, boolean after) {
        return new DeploymentListener() {

            private void kill(Step step) {
                if (step.kind() == StepKind.RENAME) {
                    DeploymentKillTest.terminate(live);
                }
            }

            @Override
            public void starts(Step step) {
                if (!after) {
                    kill(step);
                }
            }

            @Override
            public void executed(Step step) {
                if (after) {
                    kill(step);
                }
            }
        };
    }

    @Test
    void a_reader_does_not_keep_an_index_from_its_name() {
        Live live = lab.database();
        live.run("select 1");
        try (var reader = live.connections().open()) {
            reader.execute("begin; select count(*) from orders where owner = 1 and status = 'open'");
            DeploymentPlan plan = live.plan("indexed");
            assertThatThrownBy(() -> live.carryOut(plan, stoppingAfter(StepKind.RENAME), Hazard.values()))
                    .hasMessage("stopped by the test");
            assertThat(live.texts("select to_regclass('orders_open')::text")).containsExactly("orders_open");
        }
    }

    private static DeploymentListener stoppingAfter(StepKind kind) {
        return new DeploymentListener() {
            @Override
            public void executed(Step step) {
                if (step.kind() == kind) {
                    throw PgattestException.environment("stopped by the test", "");
                }
            }
        };
    }

    @Test
    void another_definition_or_a_name_that_is_taken_is_no_rename() {
        Live live = lab.database()
                .run("drop index \"Alter Name ä\"; create index \"Alter Name ä\" on orders (owner, status)");
        assertThat(live.steps("indexed")).contains("create public.orders_open", "drop public.\"Alter Name ä\"");
    }
}
