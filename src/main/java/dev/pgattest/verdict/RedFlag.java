package dev.pgattest.verdict;

import dev.pgattest.Severity;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * A smell found in a plan.
 *
 * @param id of the rule, one of {@link RedFlagRules#ids()}
 * @param place the node that smells; null when the whole statement does
 * @param message what happens, with the numbers seen
 * @param remedy what to do about it
 */
public record RedFlag(
        String id, Severity severity, @Nullable Place place, String message, String remedy) {

    /**
     * A node of the plan.
     *
     * @param path as {@link PlanNode#path()}
     * @param label as {@link PlanNode#label()}
     */
    public record Place(
            String path,
            String nodeType,
            String label,
            @Nullable String relation,
            @Nullable String alias,
            @Nullable String index) {

        static Place of(PlanNode node) {
            return new Place(
                    node.path(),
                    node.nodeType(),
                    node.label(),
                    node.text(PlanKey.RELATION_NAME).orElse(null),
                    node.text(PlanKey.ALIAS).orElse(null),
                    node.text(PlanKey.INDEX_NAME).orElse(null));
        }
    }

    /** {@code error[rule-id]: message}, then the place in brackets where there is one. */
    @Override
    public String toString() {
        String where = place == null ? "" : " [node " + place.path() + ": " + place.label() + "]";
        return severity.word() + "[" + id + "]: " + message + where;
    }
}
