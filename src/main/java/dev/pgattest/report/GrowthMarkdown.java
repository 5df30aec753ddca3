package dev.pgattest.report;

import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import dev.pgattest.growth.GrowthFactors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the cases grow, as a section of Markdown. */
final class GrowthMarkdown {

    private GrowthMarkdown() {}

    static List<String> lines(GrowthEvidence growth) {
        GrowthWords words = new GrowthWords(growth);
        List<String> lines = new ArrayList<>();
        lines.add("## Growth in " + growth.state());
        lines.add("");
        lines.add(
                "Sizes: " + words.sizes() + ". Buffers are exact; the deviation is that of the size that fits worst.");
        lines.add("");
        lines.add("| query | case | plan | "
                + growth.sizes().stream()
                        .map(size -> "buffers at " + GrowthFactors.text(size.factor()))
                        .collect(Collectors.joining(" | "))
                + " | growth | p95 ms | headroom |");
        lines.add("|---|---|---|" + "---:|".repeat(growth.sizes().size()) + "---|---:|---|");
        for (CaseGrowth each : growth.cases()) {
            lines.add("| " + QueryPlansMarkdown.cell(each.query()) + " | " + QueryPlansMarkdown.cell(each.caseName())
                    + " | "
                    + each.mode() + " | "
                    + each.points().stream()
                            .map(point -> Numbers.count(point.buffers()))
                            .collect(Collectors.joining(" | "))
                    + " | " + String.join("; ", words.regimes(each)) + " | " + words.p95(each) + " | "
                    + QueryPlansMarkdown.cell(words.sentence(each)) + " |");
        }
        lines.add("");
        for (CaseGrowth each : growth.cases()) {
            for (String change : words.changes(each)) {
                lines.add("- " + each.query() + ", " + each.caseName() + ", " + each.mode() + " plan: " + change);
            }
        }
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        return lines;
    }
}
