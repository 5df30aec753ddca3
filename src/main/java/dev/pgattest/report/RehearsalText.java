package dev.pgattest.report;

import dev.pgattest.evidence.Verdict;
import dev.pgattest.load.DeploymentRehearsal;
import dev.pgattest.load.DeploymentRehearsal.Change;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import dev.pgattest.load.LatencyRounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a rehearsed deployment cost those who write, for a terminal. */
public final class RehearsalText {

    private RehearsalText() {}

    /** A table with one line a phase, then the verdict. */
    public static String of(DeploymentRehearsal rehearsal, DeploymentRehearsal.Bar bar, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong(
                "rehearsal of " + rehearsal.project() + ": " + rehearsal.from() + " -> " + rehearsal.to()));
        lines.add("");
        lines.addAll(table(rehearsal));
        lines.add("");
        for (Change change : List.of(Change.APPLY, Change.ROLLBACK, Change.PLAIN)) {
            lines.add("p99 of writers during " + title(change) + ": "
                    + rehearsal
                            .p99Ratio(change)
                            .map(ratio -> String.format(Locale.ROOT, "%.1f times the quiet one", ratio))
                            .orElse("too few writes for a ratio"));
        }
        rehearsal.notes().forEach(note -> lines.add("note: " + note));
        lines.add("");
        Verdict verdict = rehearsal.verdict(bar);
        rehearsal.reasons(bar).forEach(reason -> lines.add("  " + reason));
        rehearsal.doubts().forEach(doubt -> lines.add("  " + doubt));
        lines.add(paint.strong(verdict.name()));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> table(DeploymentRehearsal rehearsal) {
        TextTable table = new TextTable(
                TextTable.Column.left("load and", 20),
                TextTable.Column.right("s", 8),
                TextTable.Column.right("writes", 10),
                TextTable.Column.right("p50 ms", 9),
                TextTable.Column.right("p99 ms", 9),
                TextTable.Column.right("longest ms", 10),
                TextTable.Column.right("reads", 10),
                TextTable.Column.right("p99 ms", 9),
                TextTable.Column.right("failed", 8));
        for (Phase phase : rehearsal.phases()) {
            LatencyRounds writing = phase.writing();
            LatencyRounds reading = phase.reading();
            table.add(
                    title(phase.change()),
                    String.format(Locale.ROOT, "%.1f", phase.samples().seconds()),
                    Numbers.count(writing.count()),
                    LoadNumbers.percentile(writing, 0.5),
                    LoadNumbers.percentile(writing, 0.99),
                    writing.count() == 0 ? "-" : Numbers.ms(writing.longest() / 1e6),
                    Numbers.count(reading.count()),
                    LoadNumbers.percentile(reading, 0.99),
                    Numbers.count(phase.failures().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()));
        }
        return table.lines();
    }

    private static String title(Change change) {
        return switch (change) {
            case QUIET -> "nothing else";
            case APPLY -> "deploy apply";
            case ROLLBACK -> "deploy rollback";
            case PLAIN -> "plain create index";
        };
    }
}
