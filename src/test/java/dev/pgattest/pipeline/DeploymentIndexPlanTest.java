package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.testing.ShopProject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that the index plan decides about and no state has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentIndexPlanTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DeployLab lab;

    @BeforeAll
    void makeLab() throws IOException {
        lab = DeployLab.of(new ShopProject()
                .with("pgattest.yaml", "workload: workload.yaml\n", "workload: workload.yaml\nindexes: indexes.yaml\n")
                .withFile("indexes.yaml", """
                        indexes:
                          "By hand ä":
                            table: orders
                            definition: create index "By hand ä" on orders (id, owner)
                            decision: drop
                            rationale: somebody made it at night
                          orders_owner_id:
                            table: orders
                            definition: create index orders_owner_id on orders (owner, id) where (id > 10)
                            serves: [Q1_orders]
                            decision: create
                            rationale: the order of the rows
                          orders_wide:
                            table: orders
                            definition: create index orders_wide on orders (owner) include (id)
                            decision: defer
                            rationale: not yet
                          orders_once:
                            table: orders
                            definition: unique (owner, id)
                            enforces: nothing that the key would not
                            decision: keep
                            rationale: to see that it is left alone
                        """)
                .writeTo(folder));
    }

    @Test
    void are_made_and_dropped_on_the_way_to_the_gate_and_come_back() {
        Live live = lab.database()
                .run("create index \"By hand ä\" on orders (id, owner); create index orders_wide on orders (owner)");
        DeploymentPlan plan = live.plan("indexed");
        assertThat(live.steps("indexed"))
                .containsExactly(
                        "create public.orders_owner_id", "create public.orders_owner", "drop public.\"By hand ä\"");
        assertThat(plan.notes())
                .contains(
                        "public.\"By hand ä\" is in no state; the index plan says that it is to be dropped",
                        "public.orders_owner_id is in no state, so nothing was measured with it; the index plan says create",
                        "public.orders_once of the index plan belongs to a constraint and is in no state, so it is left"
                                + " alone: add the constraint to a state",
                        "not managed, so not touched: public.orders_wide");
        live.apply("indexed");
        assertThat(live.steps("indexed")).isEmpty();

        live.rollback(DeploymentListener.SILENT);
        assertThat(
                        live.texts(
                                "select indexrelid::regclass::text from pg_index where indrelid = 'orders'::regclass order by 1"))
                .containsExactly("\"By hand ä\"", "orders_pkey", "orders_wide");
    }

    @Test
    void are_left_alone_on_the_way_to_another_state_and_keep_their_comment() {
        Live live = lab.database()
                .run(
                        "create index orders_owner_id on orders (owner, id) where id > 10;"
                                + "comment on index orders_owner_id is 'by hand'; create index \"By hand ä\" on orders (id, owner)");
        assertThat(live.steps("plain")).isEmpty();
        assertThat(live.steps("indexed")).containsExactly("create public.orders_owner", "drop public.\"By hand ä\"");
    }
}
