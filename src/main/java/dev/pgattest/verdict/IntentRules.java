package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.count;

import dev.pgattest.Severity;
import dev.pgattest.plan.Scan;
import java.util.Comparator;
import java.util.List;

/** Rules about what the project says of a query's plan. */
final class IntentRules {

    static final List<RedFlagRule> ALL = List.of(new RedFlagRule(
            "intended-index-unused",
            Severity.ERROR,
            List.of(new Threshold(
                    "min_table_pages",
                    "pages",
                    1000,
                    "smaller tables are rightly read without an index: not applicable at this scale")),
            new RedFlagRule.Page(
                    "The workload names an index that is meant to serve the query in this state, and the plan does not use it. The "
                            + "claim that the index serves the query is false, or something keeps the planner from it.",
                    "Compare the query's conditions, order and columns with the index. If the plan is good without it, correct the "
                            + "workload; an index that nothing uses costs every write.",
                    "Skeldir remediation document, section 5.4: the intended indexes must be used. The volume limit is pgattest's."),
            IntentRules::intendedIndexUnused));

    private IntentRules() {}

    private static RedFlagOutcome intendedIndexUnused(Inspection inspection) {
        List<String> used = inspection.context().metrics().indexesUsed();
        List<String> unused = inspection.context().intendedIndexes().stream()
                .filter(index -> !inspection.context().uses(index))
                .toList();
        if (!unused.isEmpty()) {
            Severity severity = inspection.context().blocking() ? Severity.ERROR : Severity.WARNING;
            double least = inspection.threshold("min_table_pages");
            double pages = inspection.executedScans().stream()
                    .max(Comparator.comparingDouble(inspection::pages))
                    .map((Scan scan) -> inspection.pages(scan))
                    .orElse(0.0);
            if (pages < least) {
                inspection.notApplicable("the largest table of the plan has " + count(pages) + " pages, fewer than "
                        + count(least) + "; " + String.join(", ", unused) + " need not be used");
            } else {
                inspection.flag(
                        severity,
                        null,
                        "the plan does not use " + String.join(", ", unused)
                                + ", which is meant to serve this query; it uses "
                                + (used.isEmpty() ? "no index" : String.join(", ", used)),
                        "correct the index or the claim");
            }
        }
        return inspection.outcome();
    }
}
