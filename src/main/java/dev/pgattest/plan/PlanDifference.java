package dev.pgattest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one plan differs from another in shape; figures are not compared.
 *
 * @param changes first the relations that are read in another way, then joins, sorts and the rest, in plan order; empty when the
 *     shapes are equal
 */
public record PlanDifference(List<Change> changes) {

    private static final Set<String> BITMAP_PARTS = Set.of("Bitmap Index Scan", "BitmapAnd", "BitmapOr");

    /**
     * One node replaced by another, or gone ({@code after} null), or new ({@code before} null). When only the
     * arrangement differs, the texts name the order of both.
     */
    public record Change(@Nullable String before, @Nullable String after) {

        /** {@code Seq Scan on t → Index Scan using i on t}. */
        @Override
        public String toString() {
            if (before == null) {
                return "new: " + after;
            }
            return after == null ? "gone: " + before : before + " → " + after;
        }
    }

    public PlanDifference {
        changes = List.copyOf(changes);
    }

    /** What changes from {@code before} to {@code after}. */
    public static PlanDifference between(ExplainOutput before, ExplainOutput after) {
        PlanShape shapeBefore = PlanShape.of(before);
        PlanShape shapeAfter = PlanShape.of(after);
        if (shapeBefore.equals(shapeAfter)) {
            return new PlanDifference(List.of());
        }
        List<Part> gone = parts(before);
        List<Part> added = new ArrayList<>();
        for (Part part : parts(after)) {
            if (!gone.remove(part)) {
                added.add(part);
            }
        }
        List<Change> changes = pair(gone, added);
        return new PlanDifference(changes.isEmpty() ? List.of(rearranged(before, after)) : changes);
    }

    /** Whether the shapes are equal. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What a node does, and what it may be compared with: another access to the same relation, another join. */
    private record Part(String role, String label) {}

    private static List<Part> parts(ExplainOutput plan) {
        List<Part> parts = new ArrayList<>();
        plan.nodes()
                .filter(node -> !BITMAP_PARTS.contains(node.nodeType()))
                .forEach(node -> parts.add(new Part(role(node), label(node))));
        return parts;
    }

    private static String label(PlanNode node) {
        if (!node.nodeType().equals("Bitmap Heap Scan")) {
            return node.label();
        }
        return NodeLabel.operation(node) + " using " + String.join(", ", Scan.indexes(node)) + NodeLabel.target(node);
    }

    private static String role(PlanNode node) {
        String type = node.nodeType();
        if (type.endsWith("Scan")) {
            return "access" + NodeLabel.target(node);
        }
        if (type.endsWith("Join") || type.equals("Nested Loop")) {
            return "join";
        }
        return List.of("Sort", "Aggregate", "Gather").stream()
                .filter(type::contains)
                .findFirst()
                .orElse(type);
    }

    private static List<Change> pair(List<Part> gone, List<Part> added) {
        List<Change> accesses = new ArrayList<>();
        List<Change> others = new ArrayList<>();
        for (Part part : gone) {
            Part match = added.stream()
                    .filter(candidate -> candidate.role.equals(part.role))
                    .findFirst()
                    .orElse(null);
            if (match != null) {
                added.remove(match);
            }
            (part.role.startsWith("access") ? accesses : others)
                    .add(new Change(part.label, match == null ? null : match.label));
        }
        for (Part part : added) {
            (part.role.startsWith("access") ? accesses : others).add(new Change(null, part.label));
        }
        accesses.addAll(others);
        return accesses;
    }

    /** The relations in the order in which each plan reads them, or the whole shape on one line when even that is equal. */
    private static Change rearranged(ExplainOutput before, ExplainOutput after) {
        String first = order(before);
        String second = order(after);
        return first.equals(second)
                ? new Change(oneLine(before), oneLine(after))
                : new Change("reads " + first, "reads " + second);
    }

    private static String order(ExplainOutput plan) {
        return String.join(", ", Scan.of(plan.root()).stream().map(Scan::alias).toList());
    }

    private static String oneLine(ExplainOutput plan) {
        return String.join(
                " / ", PlanShape.of(plan).lines().stream().map(String::strip).toList());
    }
}
