package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import java.util.ArrayList;
import java.util.List;

/** What a comparison found, as a section of Markdown. */
final class ComparisonMarkdown {

    private ComparisonMarkdown() {}

    static List<String> lines(BaselineComparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("## Compared with the baseline");
        lines.add("");
        lines.add(ComparisonText.summary(comparison) + ".");
        lines.add("");
        if (comparison.changes().isEmpty()) {
            return lines;
        }
        lines.add("| change | state | query | case | plan mode | buffers before | after | what |");
        lines.add("|---|---|---|---|---|---:|---:|---|");
        for (Change change : comparison.changes()) {
            lines.add("| " + change.outcome().word() + " | " + QueryPlansMarkdown.cell(change.state()) + " | "
                    + QueryPlansMarkdown.cell(change.query()) + " | " + QueryPlansMarkdown.cell(change.caseName())
                    + " | "
                    + change.mode() + " | " + ComparisonText.count(change.buffersBefore()) + " | "
                    + ComparisonText.count(change.buffersAfter()) + " | "
                    + QueryPlansMarkdown.cell(change.reason()
                            + (change.plan().isEmpty() ? "" : "; plan: " + String.join("; ", change.plan())))
                    + " |");
        }
        lines.add("");
        return lines;
    }
}
