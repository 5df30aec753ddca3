package dev.pgattest.report;

import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.Bounded;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the states fared under load, for a terminal. */
final class LoadText {

    private LoadText() {}

    /** What a run was, in one line. */
    static String title(Run run, LoadEvidence.Settings settings) {
        return String.format(
                Locale.ROOT,
                "%s under load, rate factor %s: %s of %s executions/s achieved in %s s over %d connections; driver late by %s ms at p95",
                run.state(),
                Numbers.share(run.factor()),
                rate(run.rates().achievedPerSecond()),
                rate(run.rates().offeredPerSecond()),
                Numbers.share(settings.seconds()),
                run.rates().connections(),
                Numbers.ms(run.rates().lag().p95()));
    }

    /** A line for each query below its name. */
    static List<String> table(Run run, Paint paint) {
        TextTable table = new TextTable(
                TextTable.Column.left("    per s", 10),
                TextTable.Column.right("n", 7),
                TextTable.Column.right("p50 ms", 6),
                TextTable.Column.right("p95 ms", 6),
                TextTable.Column.right("interval", 15),
                TextTable.Column.right("SLO ms", 6),
                TextTable.Column.right("p99 ms", 6),
                TextTable.Column.right("max ms", 6),
                TextTable.Column.right("wait p95", 8),
                TextTable.Column.right("failed", 6),
                TextTable.Column.left("verdict", 12));
        run.queries().forEach(query -> row(table, query));
        List<String> lines = new ArrayList<>();
        List<String> rows = table.lines();
        lines.add(rows.get(0));
        for (int i = 1; i < rows.size(); i++) {
            QueryLoad query = run.queries().get(i - 1);
            Verdict verdict = query.verdict();
            String row = rows.get(i);
            int cut = verdict == null ? row.length() : row.lastIndexOf(verdict.name());
            lines.add("  " + query.subject().priority() + " " + query.query()
                    + (query.subject().writes() ? " (writes)" : ""));
            lines.add(verdict == null ? row : row.substring(0, cut) + paint.verdict(verdict, row.substring(cut)));
        }
        return lines;
    }

    private static void row(TextTable table, QueryLoad query) {
        LoadEvidence.Subject subject = query.subject();
        table.add(
                "    " + rate(subject.offeredPerSecond()) + (isRaised(query) ? "+" : ""),
                Numbers.count(query.latency().samples()),
                percentile(query.latency().p50()),
                percentile(query.latency().p95()),
                interval(query.latency().p95()),
                subject.sloMs() == null ? "-" : Numbers.limit(subject.sloMs()),
                percentile(query.latency().p99()),
                ms(query.latency().max()),
                Numbers.ms(query.waits().p95()),
                Numbers.count(query.failed()),
                query.verdict() == null ? "-" : query.verdict().name());
    }

    private static String interval(Bounded bounded) {
        Double low = bounded.low();
        Double high = bounded.high();
        if (high == null) {
            return low == null ? "-" : "≥ " + Numbers.ms(low);
        }
        return low == null ? "≤ " + Numbers.ms(high) : Numbers.ms(low) + " - " + Numbers.ms(high);
    }

    /** What the table has no room for. */
    static List<String> sentences(Run run) {
        List<String> sentences = new ArrayList<>(run.reasons());
        run.queries().stream()
                .filter(query -> query.verdict() == null || run.rates().keptUp())
                .forEach(query -> query.reasons().stream()
                        .map(reason -> query.query() + ": " + reason)
                        .filter(sentence -> !sentences.contains(sentence))
                        .forEach(sentences::add));
        String raised = run.queries().stream()
                .filter(LoadText::isRaised)
                .map(QueryLoad::query)
                .collect(Collectors.joining(", "));
        if (!raised.isEmpty()) {
            sentences.add(
                    "more often than declared (+), for a verdict takes that many executions (--exact-rates does not do that): "
                            + raised);
        }
        return sentences;
    }

    /** Up to which rate each state holds. */
    static List<String> limits(LoadEvidence load) {
        return load.runs().stream()
                .map(Run::state)
                .distinct()
                .map(state -> limit(load, state))
                .toList();
    }

    private static String limit(LoadEvidence load, String state) {
        List<Run> runs =
                load.runs().stream().filter(run -> run.state().equals(state)).toList();
        Optional<Run> broken =
                runs.stream().filter(run -> run.verdict() != Verdict.PASS).min(Comparator.comparing(Run::factor));
        Optional<Run> held = runs.stream()
                .filter(run -> broken.isEmpty() || run.factor() < broken.get().factor())
                .max(Comparator.comparing(Run::factor));
        String holds = state + " holds " + held.map(LoadText::at).orElse("no rate that was tried");
        if (broken.isEmpty()) {
            return holds + ", the highest that was tried";
        }
        String end = broken.get().verdict() == Verdict.FAIL ? "an SLO breaks at " : "no verdict at ";
        return holds + "; " + end + at(broken.get());
    }

    private static String at(Run run) {
        return "rate factor " + Numbers.share(run.factor()) + " ("
                + rate(run.rates().offeredPerSecond()) + "/s)";
    }

    static boolean isRaised(QueryLoad query) {
        return query.subject().offeredPerSecond() > query.subject().declaredPerSecond();
    }

    /** A percentile with its bounds: {@code 4.1 (3.9 - 4.4)}. */
    static String withBounds(Bounded bounded) {
        return percentile(bounded) + " (" + interval(bounded) + ")";
    }

    private static String percentile(Bounded bounded) {
        return bounded.ms() == null ? "failed" : Numbers.ms(Objects.requireNonNull(bounded.ms()));
    }

    static String ms(@Nullable Double ms) {
        return ms == null ? "-" : Numbers.ms(ms);
    }

    /** Executions a second with about three significant digits. */
    static String rate(double perSecond) {
        String format = perSecond < 1 ? "%.3f" : perSecond < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, perSecond);
    }
}
