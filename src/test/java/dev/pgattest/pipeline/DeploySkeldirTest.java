package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.pipeline.DeployLab.Live;
import dev.pgattest.postgres.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference system, whose scripts make a rollup with its function, view, policies and grants, and fill it as another role. */
class DeploySkeldirTest {

    @Test
    void skeldir_goes_to_proven_and_back_and_on_to_canonical() {
        DeployLab lab = DeployLab.of(Path.of("systems/skeldir"));
        Live live = lab.database();
        List<String> baseline = live.schema().lines();
        DeploymentPlan plan = live.plan("proven");
        assertThat(plan.from()).isEqualTo("baseline");
        assertThat(plan.hazards()).containsExactly(Hazard.DROP_INDEX, Hazard.UNIQUE_BUILD, Hazard.SCRIPT);
        assertThat(plan.steps().stream().filter(step -> step.kind() == StepKind.SCRIPT))
                .as("what the rollup needs; then, when it is full, what it replaces")
                .hasSize(2);

        live.apply("proven");

        assertThat(live.steps("proven")).isEmpty();
        assertThat(live.schema().lines()).isEqualTo(reached(lab, "proven"));
        assertThat(live.texts("select count(*) from channel_performance_coverage"))
                .containsExactly("1");

        live.rollback(DeploymentListener.SILENT);
        assertThat(live.schema().lines()).isEqualTo(baseline);

        live.apply("canonical").apply("proven").apply("canonical");
        assertThat(live.schema().lines()).isEqualTo(reached(lab, "canonical"));
    }

    /** What the scripts themselves make of it. */
    private static List<String> reached(DeployLab lab, String state) {
        Live live = lab.database();
        try (Session session = live.connections().open()) {
            lab.reference().path("baseline", state).forEach(statement -> session.execute(statement.text()));
        }
        return live.schema().lines();
    }
}
