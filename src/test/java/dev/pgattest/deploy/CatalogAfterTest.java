package dev.pgattest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogAfterTest {

    private static final QualifiedName TABLE = new QualifiedName("s", "T");
    private static final QualifiedName INDEX = new QualifiedName("s", "i");
    private static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of(), Map.of(), Map.of(), Map.of(), Set.of());

    private static Step step(StepKind kind, QualifiedName index, String... statements) {
        return new Step(
                kind,
                Step.Subject.index(index, TABLE),
                List.of(statements),
                PlanSettings.DEFAULT.ofShortStep(),
                List.of(),
                List.of(),
                Step.Estimate.NONE,
                "");
    }

    private static CatalogSnapshot after(CatalogSnapshot live, Step... steps) {
        return CatalogAfter.of(
                new DeploymentPlan(
                        "p", DeploymentPlan.Direction.APPLY, "a", "b", "", List.of(), List.of(steps), List.of()),
                live);
    }

    @Test
    void an_index_is_made_replaced_and_owned() {
        QualifiedName replacement = WantedIndex.temporaryName(INDEX);
        CatalogSnapshot made = after(
                EMPTY,
                step(
                        StepKind.CREATE,
                        INDEX,
                        "create unique index concurrently i on s.\"T\" (a)",
                        "comment on index s.i is 'x'"));
        assertThat(made.comments()).containsExactly(Map.entry(INDEX, "x"));

        CatalogSnapshot swapped = after(
                made,
                step(StepKind.CREATE, replacement, "create unique index concurrently i_pgattest_new on s.\"T\" (b)"),
                step(
                        StepKind.SWAP,
                        INDEX,
                        "alter index s.i rename to i_pgattest_old",
                        "alter index s.i_pgattest_new rename to i"));
        assertThat(swapped.indexes()).containsOnlyKeys(INDEX, WantedIndex.formerName(INDEX));
        assertThat(swapped.index(INDEX).orElseThrow().definition().keys().get(0).column())
                .contains("b");
        assertThat(swapped.comments()).containsOnlyKeys(WantedIndex.formerName(INDEX));

        CatalogSnapshot owned = after(
                swapped,
                step(StepKind.CLEAN, WantedIndex.formerName(INDEX), "drop index concurrently s.i_pgattest_old"),
                step(
                        StepKind.ADD_CONSTRAINT,
                        INDEX,
                        "alter table s.\"T\" add constraint i unique using index i deferrable initially deferred"),
                step(StepKind.COMMENT, INDEX, "comment on index s.i is null"));
        assertThat(owned.indexes()).containsOnlyKeys(INDEX);
        assertThat(owned.owners().get(INDEX))
                .isEqualTo(new WantedIndex.Constraint("unique", "deferrable initially deferred"));
        assertThat(owned.comments()).isEmpty();
        assertThat(after(owned, step(StepKind.DROP_CONSTRAINT, INDEX, "alter table s.\"T\" drop constraint i")))
                .isEqualTo(EMPTY);
    }

    @Test
    void the_parts_of_a_partitioned_index_go_with_it() {
        QualifiedName part = new QualifiedName("other", "part");
        CatalogSnapshot made = after(
                EMPTY,
                step(StepKind.CREATE_PARENT, INDEX, "create index i on only s.\"T\" (a)"),
                step(StepKind.CREATE, part, "create index concurrently part on other.leaf (a)"),
                step(StepKind.ATTACH, part, "alter index s.i attach partition other.part"));
        assertThat(made.index(INDEX).orElseThrow().partitioned()).isTrue();
        assertThat(made.index(part).orElseThrow().partOf()).contains(INDEX);
        assertThat(after(made, step(StepKind.DROP_PARENT, INDEX, "drop index s.i")))
                .isEqualTo(EMPTY);
    }
}
