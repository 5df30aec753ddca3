package dev.pgattest.document;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes the noise of {@code anyOf} and {@code oneOf}: a value that fits no branch fails all of them, but the user meant
 * one. The branch whose kind the value has is kept, with only its errors.
 */
final class BranchChoice {

    private static final Set<String> CHOICES = Set.of("anyOf", "oneOf");
    private static final int WRONG_TYPE = 1_000;
    private static final int WRONG_KIND = 100;

    private BranchChoice() {}

    /** The errors worth showing, in their given order. A choice without a fitting branch stays as its own error. */
    static List<Error> withoutNoise(List<Error> errors) {
        List<Error> kept = new ArrayList<>(errors);
        List<Error> choices = errors.stream()
                .filter(error -> CHOICES.contains(error.getKeyword()))
                .sorted(Comparator.comparingInt(
                        error -> error.getEvaluationPath().getNameCount()))
                .toList();
        for (Error choice : choices) {
            if (kept.contains(choice)) {
                settle(choice, kept);
            }
        }
        return kept;
    }

    private static void settle(Error choice, List<Error> kept) {
        Map<String, List<Error>> branches = branches(choice, kept);
        List<Error> all = branches.values().stream().flatMap(List::stream).toList();
        List<Error> best = branches.values().stream()
                .min(Comparator.comparingInt(branch -> cost(choice, branch)))
                .orElse(List.of());
        kept.removeAll(all);
        if (!best.isEmpty() && cost(choice, best) < WRONG_KIND) {
            kept.remove(choice);
            kept.addAll(best);
        }
    }

    private static Map<String, List<Error>> branches(Error choice, List<Error> errors) {
        Map<String, List<Error>> branches = new LinkedHashMap<>();
        String prefix = choice.getEvaluationPath() + "/";
        for (Error error : errors) {
            boolean inside = error.getEvaluationPath().toString().startsWith(prefix);
            boolean same = error.getInstanceLocation().startsWith(choice.getInstanceLocation());
            if (inside && same) {
                String index = error.getEvaluationPath()
                        .getElement(choice.getEvaluationPath().getNameCount())
                        .toString();
                branches.computeIfAbsent(index, i -> new ArrayList<>()).add(error);
            }
        }
        return branches;
    }

    private static int cost(Error choice, List<Error> branch) {
        int cost = 0;
        int depth = choice.getInstanceLocation().getNameCount();
        for (Error error : branch) {
            int below = error.getInstanceLocation().getNameCount() - depth;
            cost += switch (error.getKeyword()) {
                case "type" -> below == 0 ? WRONG_TYPE : 1;
                case "const" -> below <= 1 ? WRONG_KIND : 1;
                default -> 1;
            };
        }
        return cost;
    }
}
