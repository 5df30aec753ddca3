package dev.pgattest.governance;

import dev.pgattest.evidence.StoredEvidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a project may go into production.
 *
 * @param project name of the project
 * @param folder folder of the evidence; empty when there is none
 * @param evidence what was proven; null when there is none
 * @param items in the order of the documentation
 */
public record Readiness(
        String project, String folder, @Nullable StoredEvidence evidence, List<ReadinessItem> items) {

    public Readiness {
        items = List.copyOf(items);
    }

    /** Whether every item has passed. */
    public boolean isReady() {
        return items.stream().allMatch(ReadinessItem::passed);
    }
}
