package dev.pgattest.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rows of a table are, whatever their order.
 *
 * @param sha256 64 hexadecimal digits; see {@link FingerprintAccumulator}
 */
public record Fingerprint(String sha256, long rows, String table) {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\d{1,18})  (.+)");

    /** The line that stands for this fingerprint in output and files. */
    public String line() {
        return String.format(Locale.ROOT, "%s  %d  %s", sha256, rows, table);
    }

    /** Reads {@link #line}; empty when the text is none. */
    public static Optional<Fingerprint> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new Fingerprint(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }
}
