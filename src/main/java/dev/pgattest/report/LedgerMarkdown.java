package dev.pgattest.report;

import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.IndexFacts;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.Ledger.StateLedger;
import dev.pgattest.ledger.WriteDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A ledger as a document: for each state the verdicts, indexes by queries, what writes pay, and every case that changes. */
public final class LedgerMarkdown {

    private final StringBuilder out = new StringBuilder();

    private LedgerMarkdown() {}

    /** The document, with a final newline. */
    public static String of(Ledger ledger) {
        LedgerMarkdown document = new LedgerMarkdown();
        document.header(ledger);
        ledger.states().forEach(document::state);
        return document.out.toString().stripTrailing() + "\n";
    }

    private void header(Ledger ledger) {
        line("# Index ledger: " + ledger.project());
        line("");
        line("Written by pgattest " + ledger.pgattest() + "; do not edit. Server "
                + ledger.server().version()
                + ", profile " + ledger.data().profile() + ", scale "
                + Numbers.share(ledger.data().scale()) + ", seed "
                + ledger.data().seed() + ".");
        line("");
        line("Buffers repeat exactly; times belong to the machine. A case without an index was cancelled after "
                + Numbers.duration((double) ledger.limitMs())
                + ". A latency is a median with the interval that encloses it with 95 %"
                + " confidence, or with n where the samples are too few for one.");
        line("");
    }

    private void state(StateLedger state) {
        line("## " + state.name());
        line("");
        if (!state.description().isEmpty()) {
            line(state.description());
            line("");
        }
        line(Numbers.counted(state.indexes().size(), "index", "indexes") + ", " + Numbers.bytes(state.bytes()) + ".");
        line("");
        verdicts(state);
        matrix(state);
        writes(state);
        effects(state);
    }

    private void verdicts(StateLedger state) {
        line("### Verdicts");
        line("");
        line("| index | table | verdict | size | of the table | build | why |");
        line("|---|---|---|---:|---:|---:|---|");
        for (IndexEntry entry : state.indexes()) {
            IndexFacts.Sizes sizes = entry.facts().sizes();
            Double buildMs = sizes.buildMs();
            line("| " + name(entry) + " | " + cell(entry.facts().table().sql()) + " | "
                    + entry.verdict().decision().words() + " | " + Numbers.bytes(sizes.bytes()) + " | "
                    + (sizes.tableBytes() == 0 ? "" : percent((double) sizes.bytes() / sizes.tableBytes())) + " | "
                    + (buildMs == null ? "" : Numbers.duration(buildMs)) + " | "
                    + cell(String.join("; ", entry.verdict().reasons())) + " |");
        }
        line("");
    }

    private void matrix(StateLedger state) {
        List<String> queries = LedgerMatrix.queries(state);
        line("### Index by query");
        line("");
        line("Shared buffers more without the index, of the case that changes most; " + LedgerMatrix.NOTHING
                + " is exactly none, *reads* an index that cannot be left out.");
        line("");
        line("| index | " + queries.stream().map(LedgerMarkdown::cell).collect(Collectors.joining(" | ")) + " |");
        line("|---|" + "---:|".repeat(queries.size()));
        for (IndexEntry entry : state.indexes()) {
            line("| " + name(entry) + " | "
                    + queries.stream()
                            .map(query -> LedgerMatrix.cell(entry, query))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
        line("");
    }

    private void writes(StateLedger state) {
        line("### What writes pay");
        line("");
        line(
                "What the index adds to 10,000 rows: write-ahead log, milliseconds (median round, and from which round to which), and"
                        + " heap-only (HOT) updates that are none because of it, of those with and without it.");
        line("");
        line("| index | insert: log | insert: ms | column of the index | update: log | update: ms | HOT lost "
                + "| other column | update: log | update: ms | HOT lost | notes |");
        line("|---|---:|---:|---|---:|---:|---:|---|---:|---:|---:|---|");
        for (IndexEntry entry : state.indexes()) {
            String inserts = entry.cost()
                    .inserts()
                    .map(each -> added(each) + " | " + LedgerFigures.rounds(each))
                    .orElse(" | ");
            List<String> notes = new ArrayList<>(entry.cost().notes());
            String measuredIn = entry.cost().measuredIn();
            if (!measuredIn.equals(state.name())) {
                notes.add(0, "measured in " + measuredIn);
            }
            line("| " + name(entry) + " | " + inserts + " | "
                    + update(entry.cost().indexedUpdates()) + " | "
                    + update(entry.cost().otherUpdates()) + " | " + cell(String.join("; ", notes)) + " |");
        }
        line("");
    }

    private static String update(Optional<WriteDifference> difference) {
        return difference
                .map(each -> cell(each.column()) + " | " + added(each) + " | "
                        + LedgerFigures.rounds(each) + " | " + Numbers.count(each.hotLost()) + " of "
                        + Numbers.count(each.hotKept() + each.hotLost()))
                .orElse(" | | | ");
    }

    private static String added(WriteDifference difference) {
        return LedgerFigures.log(difference.walBytes()) + " (" + percent(difference.walShare()) + ")";
    }

    private void effects(StateLedger state) {
        line("### Cases that change");
        line("");
        line("| without | query | case | plan | buffers with | without | latency with, ms | without, ms | change |");
        line("|---|---|---|---|---:|---:|---:|---:|---|");
        for (IndexEntry entry : state.indexes()) {
            entry.effects().forEach(effect -> line("| " + name(entry) + " | " + row(effect) + " |"));
        }
        line("");
    }

    private static String row(CaseEffect effect) {
        Long without = effect.buffersWithout();
        String outcome =
                switch (effect.outcome()) {
                    case MEASURED -> Numbers.count(without == null ? 0 : without);
                    case BEYOND_LIMIT -> "beyond the limit";
                    case REFUSED -> "refused";
                    case USED -> "cannot be left out";
                };
        return cell(effect.query()) + " | " + cell(effect.caseName()) + " | " + effect.mode() + " | "
                + Numbers.count(effect.buffersWith()) + " | " + outcome + " | "
                + LedgerFigures.latency(effect.with()) + " | " + LedgerFigures.latency(effect.without()) + " | "
                + cell(String.join("; ", effect.notes()));
    }

    private static String name(IndexEntry entry) {
        return cell(entry.facts().name().name());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%d %%", Math.round(share * 100));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
