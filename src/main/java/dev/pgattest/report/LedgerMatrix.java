package dev.pgattest.report;

import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.Ledger.CaseRun;
import dev.pgattest.ledger.Ledger.StateLedger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Indexes by queries: what leaving an index out changes for the case of a query that it changes most. */
final class LedgerMatrix {

    /** What exactly nothing looks like. */
    static final String NOTHING = "·";

    private LedgerMatrix() {}

    /** The queries of a state, in the order of the workload. */
    static List<String> queries(StateLedger state) {
        return state.cases().stream().map(CaseRun::query).distinct().toList();
    }

    /** One cell: shared buffers more without the index, {@code > limit}, {@code fails}, {@code reads}, or nothing. */
    static String cell(IndexEntry entry, String query) {
        return gravest(entry, query).map(LedgerMatrix::text).orElse(NOTHING);
    }

    /** The effect on the case of a query that changes most; empty when none changes. */
    static Optional<CaseEffect> gravest(IndexEntry entry, String query) {
        return entry.effects().stream()
                .filter(effect -> effect.query().equals(query))
                .max(Comparator.comparing(CaseEffect::isLost).thenComparing(effect -> Math.abs(effect.saved())));
    }

    private static String text(CaseEffect effect) {
        return switch (effect.outcome()) {
            case BEYOND_LIMIT -> "> limit";
            case REFUSED -> "fails";
            case USED -> "reads";
            case MEASURED -> signed(effect.saved());
        };
    }

    /** A count with its sign. */
    static String signed(long count) {
        return (count > 0 ? "+" : "") + Numbers.count(count);
    }
}
