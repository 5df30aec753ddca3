package dev.pgattest.report;

import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the states fared under load, as a section of Markdown. */
final class LoadMarkdown {

    private LoadMarkdown() {}

    static List<String> lines(LoadEvidence load) {
        List<String> lines = new ArrayList<>();
        lines.add("## Under load");
        lines.add("");
        lines.add(
                "Executions begin at drawn times, whatever became of those before them. Latency counts from the intended start; the wait is"
                        + " for one of the query's own connections. Bounds are resampled from "
                        + load.settings().rounds() + " rounds. Milliseconds.");
        lines.add("");
        LoadText.limits(load).forEach(limit -> lines.add("- " + limit));
        load.notes().forEach(note -> lines.add("- " + note));
        lines.add("");
        load.runs().forEach(run -> run(run, load.settings(), lines));
        return lines;
    }

    private static void run(Run run, LoadEvidence.Settings settings, List<String> lines) {
        lines.add("### " + run.state() + ", rate factor " + Numbers.share(run.factor()) + ": " + run.verdict());
        lines.add("");
        lines.add(LoadText.title(run, settings) + ".");
        lines.add("");
        lines.add(
                "| query | declared/s | offered/s | n | p50 | p95 | p99 | max | SLO | wait p95 | execution p95 | errors | verdict |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|---|---|");
        for (QueryLoad query : run.queries()) {
            LoadEvidence.Subject subject = query.subject();
            lines.add("| " + QueryPlansMarkdown.cell(query.query()) + " | "
                    + LoadText.rate(subject.declaredPerSecond()) + " | "
                    + LoadText.rate(subject.offeredPerSecond()) + " | "
                    + Numbers.count(query.latency().samples()) + " | "
                    + LoadText.withBounds(query.latency().p50()) + " | "
                    + LoadText.withBounds(query.latency().p95()) + " | "
                    + LoadText.withBounds(query.latency().p99()) + " | "
                    + LoadText.ms(query.latency().max()) + " | "
                    + (subject.slo() == null ? "" : QueryPlansMarkdown.cell(subject.slo())) + " | "
                    + Numbers.ms(query.waits().p95()) + " | "
                    + Numbers.ms(query.executions().p95()) + " | " + errors(query) + " | "
                    + (query.verdict() == null ? "" : query.verdict().name()) + " |");
        }
        lines.add("");
        LoadText.sentences(run).forEach(sentence -> lines.add("- " + sentence));
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
    }

    private static String errors(QueryLoad query) {
        return query.errors().entrySet().stream()
                .map(error -> error.getKey() + ": " + error.getValue())
                .collect(Collectors.joining(", "));
    }
}
