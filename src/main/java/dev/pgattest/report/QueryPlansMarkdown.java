package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.IndexEvidence;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.StateEvidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every plan of a run as Markdown: for each query and case its SQL, parameters, and plan and metrics in every state. */
public final class QueryPlansMarkdown {

    private final Evidence evidence;
    private final StringBuilder out = new StringBuilder();

    private QueryPlansMarkdown(Evidence evidence) {
        this.evidence = evidence;
    }

    /** The document, with a final newline. */
    public static String of(Evidence evidence) {
        QueryPlansMarkdown document = new QueryPlansMarkdown(evidence);
        document.header();
        GrowthEvidence growth = evidence.growth();
        if (growth != null) {
            GrowthMarkdown.lines(growth).forEach(document::line);
        }
        LoadEvidence load = evidence.load();
        if (load != null) {
            LoadMarkdown.lines(load).forEach(document::line);
        }
        BaselineComparison comparison = evidence.comparison();
        if (comparison != null) {
            ComparisonMarkdown.lines(comparison).forEach(document::line);
        }
        document.cases().forEach(document::section);
        return document.out.toString();
    }

    private void header() {
        line("# Query plans: " + evidence.project());
        line("");
        line("Written by pgattest " + evidence.pgattest()
                + "; do not edit. Latency is what the client saw; the execution time"
                + " inside a plan is the server's own under `EXPLAIN ANALYZE` and is never used as a latency.");
        line("");
        line("## Environment");
        line("");
        line("| what | value |");
        line("|---|---|");
        row("server", evidence.server().version());
        row(
                "profile",
                evidence.data().profile() + ", scale " + evidence.data().scale() + ", seed "
                        + evidence.data().seed());
        evidence.data()
                .tables()
                .forEach(table -> row(
                        "dataset " + table.table(),
                        Numbers.count(table.rows()) + " rows, SHA-256 `" + table.sha256() + "`"));
        evidence.server().settings().forEach(this::row);
        line("");
        for (StateEvidence state : evidence.states()) {
            indexes(state);
        }
    }

    private void indexes(StateEvidence state) {
        line("## Indexes in " + state.name());
        line("");
        if (!state.description().isEmpty()) {
            line(state.description());
            line("");
        }
        line("| index | size | build | definition |");
        line("|---|---:|---:|---|");
        for (IndexEvidence index : state.indexes()) {
            Double buildMs = index.buildMs();
            line("| " + cell(index.name()) + " | " + Numbers.bytes(index.sizeBytes()) + " | "
                    + (buildMs == null ? "" : Numbers.duration(buildMs)) + " | `" + cell(index.definition()) + "` |");
        }
        line("");
    }

    /** The evidence of each query and case, by state, in the order of the workload. */
    private Map<String, Map<StateEvidence, CaseEvidence>> cases() {
        Map<String, Map<StateEvidence, CaseEvidence>> cases = new LinkedHashMap<>();
        for (StateEvidence state : evidence.states()) {
            for (CaseEvidence each : state.queries()) {
                cases.computeIfAbsent(each.query() + ", " + each.caseName(), key -> new LinkedHashMap<>())
                        .put(state, each);
            }
        }
        return cases;
    }

    private void section(String title, Map<StateEvidence, CaseEvidence> byState) {
        CaseEvidence first = byState.values().iterator().next();
        line("## " + title);
        line("");
        line(first.subject().priority() + ", owner " + first.subject().owner() + ", SLO "
                + first.subject().slo()
                + (first.subject().role() == null
                        ? ""
                        : ", run as `" + first.subject().role() + "`"));
        line("");
        line("### Parameters used");
        line("");
        if (first.subject().parameters().isEmpty()) {
            line("None.");
        }
        first.subject().parameters().forEach((name, value) -> line("- " + name + ": `" + value + "`"));
        line("");
        byState.forEach(this::state);
        improvement(List.copyOf(byState.entrySet()));
    }

    private void state(StateEvidence state, CaseEvidence each) {
        line("### " + state.name() + (each.subject().variant() ? " (variant)" : ""));
        line("");
        line("#### Query SQL");
        line("");
        fenced("sql", each.subject().sql().strip());
        if (each.subject().statements() > 1) {
            line("An execution sends " + Numbers.count(each.subject().statements())
                    + " statements; the plan is that of this one, with the rows that it is given first.");
            line("");
        }
        for (ModeEvidence mode : each.modes()) {
            line("#### EXPLAIN (ANALYZE, BUFFERS, VERBOSE, SETTINGS), " + mode.mode() + " plan");
            line("");
            fenced("", mode.planned().text().stripTrailing());
            metrics(mode);
        }
        line("Verdict: **" + each.verdict() + "**"
                + (each.reasons().isEmpty() ? "" : ": " + String.join("; ", each.reasons())));
        line("");
    }

    private void metrics(ModeEvidence mode) {
        ModeEvidence.Planned planned = mode.planned();
        line("#### Metrics, " + mode.mode() + " plan");
        line("");
        line("- Latency at the client: p50 " + Numbers.ms(mode.latency().p50Ms()) + " ms, p95 "
                + Numbers.ms(mode.latency().p95Ms()) + " ms, p99 "
                + Numbers.ms(mode.latency().p99Ms()) + " ms, max "
                + Numbers.ms(mode.latency().maxMs()) + " ms, n = "
                + mode.latency().samples());
        line("- Confidence bounds of p95: " + bound(mode.latency().p95LowMs()) + " to "
                + bound(mode.latency().p95HighMs()));
        line("- Planning time: " + Numbers.ms(planned.planningMs()) + " ms; execution time under EXPLAIN: "
                + Numbers.ms(planned.executionMs()) + " ms");
        line("- Rows returned: " + Numbers.count(Math.round(planned.rows())) + "; rows scanned: "
                + Numbers.count(Math.round(planned.rowsScanned())));
        line("- Scans: " + (planned.scans().isEmpty() ? "none" : String.join("; ", planned.scans())));
        line("- Indexes used: "
                + (planned.indexesUsed().isEmpty() ? "none" : String.join(", ", planned.indexesUsed())));
        line("- Shared buffers touched (hit + read): " + Numbers.count(planned.buffers()));
        for (RedFlagEvidence flag : mode.redFlags()) {
            line("- " + flag.severity() + " `" + flag.id() + "`" + (flag.node().isEmpty() ? "" : " at " + flag.node())
                    + ": " + flag.message());
        }
        line("");
    }

    private void improvement(List<Map.Entry<StateEvidence, CaseEvidence>> states) {
        line("### Improvement");
        line("");
        Map.Entry<StateEvidence, CaseEvidence> before = states.get(0);
        ModeEvidence from = before.getValue().slowest();
        for (Map.Entry<StateEvidence, CaseEvidence> after : states.subList(1, states.size())) {
            ModeEvidence to = after.getValue().slowest();
            line("- " + before.getKey().name() + " → " + after.getKey().name() + ": p95 "
                    + Numbers.ms(from.latency().p95Ms()) + " → "
                    + Numbers.ms(to.latency().p95Ms()) + " ms ("
                    + change(from.latency().p95Ms(), to.latency().p95Ms()) + "), buffers "
                    + Numbers.count(from.planned().buffers()) + " → "
                    + Numbers.count(to.planned().buffers()) + " ("
                    + change((double) from.planned().buffers(), (double)
                            to.planned().buffers()) + "), scans "
                    + scans(from) + " → " + scans(to));
        }
        if (states.size() == 1) {
            line("Measured in one state only.");
        }
        line("");
    }

    private static String scans(ModeEvidence mode) {
        return mode.planned().scans().isEmpty()
                ? "none"
                : String.join("; ", mode.planned().scans());
    }

    private static String change(double from, double to) {
        if (from == 0) {
            return "from nothing";
        }
        return String.format(Locale.ROOT, "%+.0f %%", (to - from) / from * 100);
    }

    private static String bound(@org.jspecify.annotations.Nullable Double ms) {
        return ms == null ? "unknown with so few samples" : Numbers.ms(ms) + " ms";
    }

    private void fenced(String language, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        line(fence + language);
        line(text);
        line(fence);
        line("");
    }

    private void row(String name, String value) {
        line("| " + cell(name) + " | " + cell(value) + " |");
    }

    static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
