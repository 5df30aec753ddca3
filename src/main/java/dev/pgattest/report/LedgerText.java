package dev.pgattest.report;

import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.IndexVerdict.Decision;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.Ledger.StateLedger;
import dev.pgattest.ledger.WriteDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger for a terminal: for each state what indexes cost, what they earn by query, and the verdicts; fits 120 columns. */
public final class LedgerText {

    static final int WIDTH = 120;

    /** So many queries stand beside each other. */
    private static final int QUERIES_ACROSS = 7;

    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private LedgerText(Paint paint) {
        this.paint = paint;
    }

    /** The whole text, with a final newline. */
    public static String of(Ledger ledger, Paint paint) {
        LedgerText text = new LedgerText(paint);
        text.wrapped(
                "",
                ledger.project() + " on PostgreSQL " + ledger.server().version() + ", "
                        + ledger.data().profile() + " at scale "
                        + Numbers.share(ledger.data().scale())
                        + ": what leaving out an index changes, and what writes pay for it");
        ledger.states().forEach(text::state);
        return String.join("\n", text.lines) + "\n";
    }

    private void state(StateLedger state) {
        lines.add("");
        lines.add(paint.strong(state.name()) + ": "
                + Numbers.counted(state.indexes().size(), "index", "indexes") + ", " + Numbers.bytes(state.bytes()));
        if (state.indexes().isEmpty()) {
            return;
        }
        costs(state);
        matrix(state);
        verdicts(state);
    }

    /** What 10,000 rows pay: log and time of inserts, heap-only updates lost. */
    private void costs(StateLedger state) {
        TextTable table = new TextTable(
                TextTable.Column.left("  index", 44),
                TextTable.Column.right("size", 8),
                TextTable.Column.right("build", 8),
                TextTable.Column.right("insert log", 9),
                TextTable.Column.right("insert ms", 9),
                TextTable.Column.right("update log", 9),
                TextTable.Column.right("HOT lost", 8),
                TextTable.Column.right("buffers/insert", 7));
        for (IndexEntry entry : state.indexes()) {
            Double buildMs = entry.facts().sizes().buildMs();
            Optional<WriteDifference> inserts = entry.cost().inserts();
            Optional<WriteDifference> updates = entry.cost().indexedUpdates();
            table.add(
                    "  " + entry.facts().name().name(),
                    Numbers.bytes(entry.facts().sizes().bytes()),
                    buildMs == null ? "-" : Numbers.duration(buildMs),
                    inserts.map(each -> LedgerFigures.log(each.walBytes())).orElse("-"),
                    inserts.map(LedgerFigures::addedMs).orElse("-"),
                    updates.map(each -> LedgerFigures.log(each.walBytes())).orElse("-"),
                    updates.map(each -> Numbers.count(each.hotLost())).orElse("-"),
                    inserts.isEmpty() ? "-" : LedgerFigures.decimal(entry.cost().buffersPerInsert()));
        }
        lines.addAll(table.lines());
        lines.add("  per 10,000 rows; updates change a column of the index; ms is the median round, - of fewer than "
                + Numbers.count(LedgerFigures.FEWEST_TIMED) + " rows");
    }

    private void matrix(StateLedger state) {
        List<String> queries = LedgerMatrix.queries(state);
        lines.add("");
        lines.add("  shared buffers more without the index, of the case that changes most (" + LedgerMatrix.NOTHING
                + ": exactly none)");
        for (int from = 0; from < queries.size(); from += QUERIES_ACROSS) {
            List<String> across = queries.subList(from, Math.min(from + QUERIES_ACROSS, queries.size()));
            block(state, across, from + 1);
        }
    }

    private void block(StateLedger state, List<String> queries, int firstNumber) {
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(TextTable.Column.left("  index", 38));
        for (int i = 0; i < queries.size(); i++) {
            columns.add(TextTable.Column.right("[" + (firstNumber + i) + "]", 9));
        }
        TextTable table = new TextTable(columns.toArray(TextTable.Column[]::new));
        for (IndexEntry entry : state.indexes()) {
            List<String> cells = new ArrayList<>();
            cells.add("  " + entry.facts().name().name());
            queries.forEach(query -> cells.add(LedgerMatrix.cell(entry, query)));
            table.add(cells.toArray(String[]::new));
        }
        lines.addAll(table.lines());
        for (int i = 0; i < queries.size(); i++) {
            lines.add("  [" + (firstNumber + i) + "] " + queries.get(i));
        }
    }

    private void verdicts(StateLedger state) {
        lines.add("");
        for (IndexEntry entry : state.indexes()) {
            Decision decision = entry.verdict().decision();
            lines.add("  " + entry.facts().name().name() + ": " + paint.strong(decision.words()));
            entry.verdict().reasons().forEach(reason -> wrapped("    - ", reason));
        }
    }

    private void wrapped(String indent, String text) {
        lines.addAll(WrappedLines.of(WIDTH, indent, " ".repeat(indent.length()), text));
    }
}
