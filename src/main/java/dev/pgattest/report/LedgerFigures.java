package dev.pgattest.report;

import dev.pgattest.ledger.Latencies;
import dev.pgattest.ledger.WriteDifference;
import java.util.List;
import java.util.Locale;

/** The figures of a ledger as people read them. */
final class LedgerFigures {

    /** A time of fewer rows, multiplied, says more of the clock than of the index. */
    static final int FEWEST_TIMED = 1_000;

    private LedgerFigures() {}

    /** Bytes that are added to the write-ahead log; a few less than none are what the log's own padding makes. */
    static String log(long bytes) {
        return bytes < 0 ? "-" + Numbers.bytes(-bytes) : Numbers.bytes(bytes);
    }

    /** The median of milliseconds that are added, which may be negative where the machine makes more difference than the index. */
    static String addedMs(WriteDifference difference) {
        return difference.rows() < FEWEST_TIMED
                ? "-"
                : decimal(difference.addedMs().median().orElse(0));
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

    /** The median of the rounds, and between which values they lie. */
    static String rounds(WriteDifference difference) {
        List<Double> ms = difference.addedMs().ms();
        return difference.rows() < FEWEST_TIMED
                ? "-"
                : addedMs(difference) + " (" + decimal(ms.get(0)) + " to " + decimal(ms.get(ms.size() - 1)) + ")";
    }

    /** One decimal. */
    static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%,.1f", value);
        return text.equals("-0.0") ? "0.0" : text;
    }
}
