package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.BaselineComparison.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a comparison found, for a terminal. */
final class ComparisonText {

    private ComparisonText() {}

    /** The changed cases; empty when there are none. */
    static List<String> table(BaselineComparison comparison) {
        if (comparison.changes().isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(
                TextTable.Column.left("  change", 12),
                TextTable.Column.left("state", 14),
                TextTable.Column.left("query", 30),
                TextTable.Column.left("case", 18),
                TextTable.Column.right("before", 11),
                TextTable.Column.right("after", 11));
        for (Change change : comparison.changes()) {
            table.add(
                    "  " + change.outcome().word(),
                    change.state(),
                    change.query().isEmpty() ? "(all)" : change.query(),
                    change.caseName() + (change.mode().isEmpty() ? "" : ", " + change.mode()),
                    count(change.buffersBefore()),
                    count(change.buffersAfter()));
        }
        return table.lines();
    }

    /** Why something fails, and how plans differ. */
    static List<String> sentences(BaselineComparison comparison) {
        List<String> sentences = new ArrayList<>();
        for (Change change : comparison.changes()) {
            boolean worthIt = change.outcome().fails() || change.outcome() == Outcome.OTHER_PLAN;
            if (worthIt) {
                sentences.add(sentence(change));
            }
        }
        return sentences;
    }

    /** One change as a sentence. */
    static String sentence(Change change) {
        String name = change.state()
                + (change.query().isEmpty() ? "" : " " + change.query() + " " + change.caseName())
                + (change.mode().isEmpty() ? "" : " (" + change.mode() + " plan)");
        return name + ": " + change.reason()
                + (change.plan().isEmpty() ? "" : "; plan: " + String.join("; ", change.plan()));
    }

    /** The result on one line, without its verdict. */
    static String summary(BaselineComparison comparison) {
        long failing = comparison.changes().stream()
                .filter(change -> change.outcome().fails())
                .count();
        String tolerance = Numbers.share(StrictMath.rint(comparison.tolerance() * 1e6) / 1e4) + " %";
        String compared = comparison.compared() == 0
                ? "nothing was compared"
                : Numbers.count(comparison.compared()) + " plans compared, tolerance " + tolerance;
        String found = failing == 0 ? "nothing worse" : Numbers.count(failing) + " worse or gone";
        return compared
                + (comparison.compared() == 0 && failing == 0 ? "" : ", " + found)
                + (comparison.updated() ? "; the baseline was replaced" : "");
    }

    static String count(@Nullable Long buffers) {
        return buffers == null ? "-" : Numbers.count(buffers);
    }
}
