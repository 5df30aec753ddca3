package dev.pgattest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainChangeTest {

    @Test
    void indexes_are_built_and_dropped_with_the_table_locked_and_all_else_stays() {
        assertThat(PlainChange.of(plan(
                        step(
                                StepKind.CREATE,
                                "CREATE UNIQUE INDEX CONCURRENTLY \"my concurrently\" ON t USING btree (a)"),
                        step(
                                StepKind.CREATE,
                                "create index\n concurrently i on t (a)",
                                "comment on index i is 'create index concurrently'"),
                        step(StepKind.DROP, "drop index concurrently i"),
                        step(StepKind.SWAP, "alter index a rename to b", "alter index c rename to a"))))
                .containsExactly(
                        new PlainChange.Part(
                                false, List.of("CREATE UNIQUE INDEX \"my concurrently\" ON t USING btree (a)")),
                        new PlainChange.Part(
                                false,
                                List.of(
                                        "create index i on t (a)",
                                        "comment on index i is 'create index concurrently'")),
                        new PlainChange.Part(false, List.of("drop index i")),
                        new PlainChange.Part(true, List.of("alter index a rename to b", "alter index c rename to a")));
    }

    private static Step step(StepKind kind, String... statements) {
        return new Step(
                kind,
                Step.Subject.index(new QualifiedName(null, "i"), new QualifiedName(null, "t")),
                List.of(statements),
                new Step.Limits(Duration.ofSeconds(1), Duration.ZERO, 1, 0),
                List.of(),
                List.of(),
                Step.Estimate.NONE,
                "");
    }

    private static DeploymentPlan plan(Step... steps) {
        return new DeploymentPlan("p", Direction.APPLY, "a", "b", "", List.of(), List.of(steps), List.of());
    }
}
