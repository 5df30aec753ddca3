package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Evidence for a terminal: a table for each state, the reasons, the gate; readable at 100 columns. */
public final class EvidenceText {

    static final int WIDTH = 100;

    private final Evidence evidence;
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private EvidenceText(Evidence evidence, Paint paint) {
        this.evidence = evidence;
        this.paint = paint;
    }

    /** The whole text, with a final newline. */
    public static String of(Evidence evidence, Paint paint) {
        EvidenceText text = new EvidenceText(evidence, paint);
        text.heading();
        evidence.states().forEach(text::state);
        text.growth();
        text.load();
        text.gate();
        text.comparison();
        return String.join("\n", text.lines) + "\n";
    }

    private void heading() {
        Evidence.Data data = evidence.data();
        long rows = data.tables().stream()
                .mapToLong(Evidence.TableFingerprint::rows)
                .sum();
        wrapped(
                "",
                evidence.project() + " on PostgreSQL " + evidence.server().version() + ", " + data.profile()
                        + " at scale " + Numbers.share(data.scale())
                        + (data.members() == null ? "" : " with " + data.members() + " members") + ": "
                        + Numbers.count(rows) + " rows in " + data.tables().size() + " tables");
    }

    private void state(StateEvidence state) {
        lines.add("");
        int title = lines.size();
        wrapped("", state.name() + (state.description().isEmpty() ? "" : ": " + state.description()));
        lines.set(
                title,
                paint.strong(state.name())
                        + lines.get(title).substring(state.name().length()));
        table(state);
        if (state.queries().stream().anyMatch(each -> each.subject().variant())) {
            lines.add("  * the state's own text of the query, which returned the same rows");
        }
        reasons(state);
        lines.add("  " + state.name() + ": "
                + paint.verdict(state.verdict(), state.verdict().name()));
    }

    /** Cases below their query; the numbers are those of the slower plan mode. */
    private void table(StateEvidence state) {
        TextTable table = new TextTable(
                TextTable.Column.left("  case", 16),
                TextTable.Column.right("p95 ms", 7),
                TextTable.Column.right("interval", 15),
                TextTable.Column.right("SLO ms", 6),
                TextTable.Column.right("n", 4),
                TextTable.Column.right("buffers", 10),
                TextTable.Column.left("scan", 15),
                TextTable.Column.left("verdict", 12));
        state.queries().forEach(each -> row(table, each));
        List<String> rows = table.lines();
        lines.add(rows.get(0));
        String query = "";
        for (int i = 1; i < rows.size(); i++) {
            CaseEvidence each = state.queries().get(i - 1);
            if (!each.query().equals(query)) {
                query = each.query();
                lines.add("  " + each.subject().priority() + " " + query
                        + (each.subject().variant() ? " *" : ""));
            }
            String row = rows.get(i);
            int cut = row.lastIndexOf(each.verdict().name());
            lines.add(row.substring(0, cut) + paint.verdict(each.verdict(), row.substring(cut)));
        }
    }

    private static void row(TextTable table, CaseEvidence each) {
        ModeEvidence slowest = each.slowest();
        LatencySummary latency = slowest.latency();
        table.add(
                "    " + each.caseName(),
                Numbers.ms(latency.p95Ms()),
                interval(latency),
                Numbers.limit(each.subject().sloMs()),
                Integer.toString(latency.samples()),
                Numbers.count(slowest.planned().buffers()),
                ScanKinds.of(slowest.planned().scans()),
                each.verdict().name());
    }

    private void reasons(StateEvidence state) {
        for (CaseEvidence each : state.queries()) {
            if (each.verdict() != Verdict.PASS) {
                lines.add("  " + paint.verdict(each.verdict(), each.verdict().name()) + " " + each.query() + " "
                        + each.caseName() + " (" + each.subject().priority() + ")");
                each.reasons().stream()
                        .filter(reason -> !repeats(reason, each.reasons()))
                        .forEach(reason -> wrapped("    - ", reason));
            }
        }
        state.reasons().forEach(reason -> wrapped("  ", reason));
        RedFlagLines.of(state).forEach(line -> wrapped("  ", line));
    }

    /**
     * A case that misses its objective raises a red flag that says so once more, and the table that is read from end to end is often
     * the only one.
     */
    private static boolean repeats(String reason, List<String> reasons) {
        return (reason.startsWith("error[latency-over-slo]") && anyStartsWith("misses its SLO", reasons))
                || (reason.startsWith("error[no-index-used]")
                        && anyStartsWith(
                                reason.substring(0, reason.indexOf(": "))
                                        .replace("no-index-used", "seq-scan-critical-table"),
                                reasons));
    }

    private static boolean anyStartsWith(String start, List<String> reasons) {
        return reasons.stream().anyMatch(other -> other.startsWith(start));
    }

    private void gate() {
        lines.add("");
        lines.add(paint.verdict(
                evidence.verdict(),
                "gate " + evidence.gate() + ": " + evidence.verdict().name()));
        evidence.reasons().forEach(reason -> wrapped("  ", reason));
    }

    private void growth() {
        GrowthEvidence growth = evidence.growth();
        if (growth == null) {
            return;
        }
        lines.add("");
        wrapped("", "growth in " + growth.state() + ": " + new GrowthWords(growth).sizes());
        lines.addAll(GrowthText.table(growth));
        GrowthText.sentences(growth).forEach(sentence -> wrapped("  - ", sentence));
    }

    private void load() {
        LoadEvidence load = evidence.load();
        if (load == null) {
            return;
        }
        for (LoadEvidence.Run run : load.runs()) {
            lines.add("");
            wrapped("", LoadText.title(run, load.settings()));
            lines.addAll(LoadText.table(run, paint));
            LoadText.sentences(run).forEach(sentence -> wrapped("  ", sentence));
            lines.add("  " + run.state() + " under load: "
                    + paint.verdict(run.verdict(), run.verdict().name()));
        }
        lines.add("");
        load.notes().forEach(note -> wrapped("", note));
        LoadText.limits(load).forEach(limit -> wrapped("", limit));
    }

    private void comparison() {
        BaselineComparison comparison = evidence.comparison();
        if (comparison == null) {
            return;
        }
        lines.add("");
        lines.addAll(ComparisonText.table(comparison));
        ComparisonText.sentences(comparison).forEach(sentence -> wrapped("  - ", sentence));
        Verdict verdict = comparison.failed() && !comparison.updated() ? Verdict.FAIL : Verdict.PASS;
        lines.add(paint.verdict(verdict, "baseline: " + verdict.name()) + ", " + ComparisonText.summary(comparison));
    }

    private void wrapped(String indent, String text) {
        lines.addAll(WrappedLines.of(WIDTH, indent, " ".repeat(indent.length() + 2), text));
    }

    private static String interval(LatencySummary latency) {
        Double low = latency.p95LowMs();
        Double high = latency.p95HighMs();
        if (low == null && high == null) {
            return "-";
        }
        if (high == null) {
            return "≥ " + Numbers.ms(low == null ? 0 : low);
        }
        return low == null ? "≤ " + Numbers.ms(high) : Numbers.ms(low) + " - " + Numbers.ms(high);
    }
}
