package dev.pgattest.report;

import dev.pgattest.ledger.Latencies;
import java.util.Locale;

/** The figures of a ledger as people read them. */
final class LedgerFigures {

    private LedgerFigures() {}

    /** Bytes that are added to the write-ahead log; a few less than none are what the log's own padding makes. */
    static String log(long bytes) {
        return bytes < 0 ? "-" + Numbers.bytes(-bytes) : Numbers.bytes(bytes);
    }

    /** The median of milliseconds that are added, which may be negative where the machine makes more difference than the index. */
    static String addedMs(Latencies added) {
        return added.median().isPresent() ? decimal(added.median().getAsDouble()) : "-";
    }

    /** The median, and between which values it lies when there are enough for 95 %. */
    static String latency(Latencies latencies) {
        if (latencies.median().isEmpty()) {
            return "-";
        }
        int count = latencies.ms().size();
        String range = Numbers.ms(latencies.ms().get(0)) + " - "
                + Numbers.ms(latencies.ms().get(count - 1));
        String median = Numbers.ms(latencies.median().getAsDouble());
        return count == 1
                ? median + " (n = 1)"
                : median + " (" + range + (latencies.isInterval() ? ")" : ", n = " + count + ")");
    }

    /** Between which values the rounds lie. */
    static String rounds(Latencies added) {
        int count = added.ms().size();
        return count == 0
                ? "-"
                : addedMs(added) + " (" + decimal(added.ms().get(0)) + " to "
                        + decimal(added.ms().get(count - 1)) + ")";
    }

    /** One decimal. */
    static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%,.1f", value);
        return text.equals("-0.0") ? "0.0" : text;
    }
}
