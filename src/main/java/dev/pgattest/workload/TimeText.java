package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 500 ms}. */
public final class TimeText {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(\\p{L}*)");
    private static final Map<String, Duration> UNITS = units();
    private static final BigDecimal LONGEST_NANOS =
            BigDecimal.valueOf(Duration.ofDays(365).toNanos());

    private TimeText() {}

    private static Map<String, Duration> units() {
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("us", Duration.ofNanos(1_000));
        units.put("ms", Duration.ofMillis(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("min", Duration.ofMinutes(1));
        units.put("h", Duration.ofHours(1));
        return units;
    }

    /**
     * Reads a positive number with a unit; the problem has no place.
     *
     * @param what what the time is, for messages: {@code the limit of the SLO}
     */
    public static Result<Duration> parse(String text, String what) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return wrong("'" + text + "' is not a time", "write for example `500 ms`");
        }
        String number = matcher.group(1);
        Duration unit = UNITS.get(matcher.group(2));
        if (matcher.group(2).isEmpty()) {
            return wrong(what + " has no unit: '" + text + "'", "write for example `" + number + " ms`");
        }
        if (unit == null) {
            return wrong(
                    "unknown unit '" + matcher.group(2) + "' in '" + text + "'",
                    "known units: " + String.join(", ", UNITS.keySet()));
        }
        BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toNanos()));
        if (nanos.compareTo(BigDecimal.ONE) < 0 || nanos.compareTo(LONGEST_NANOS) > 0) {
            return wrong(what + " is out of range: '" + text + "'", "write more than zero and at most a year");
        }
        return Result.of(Duration.ofNanos(nanos.longValue()));
    }

    private static Result<Duration> wrong(String message, String remedy) {
        return Result.rejected(Problem.ofInput(message, remedy));
    }

    /** The time in its largest unit that needs no fraction, {@code 500 ms}; a fraction of a microsecond stays one. */
    public static String of(Duration time) {
        String text = "";
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long nanos = unit.getValue().toNanos();
            if (text.isEmpty() || time.toNanos() % nanos == 0) {
                BigDecimal count = BigDecimal.valueOf(time.toNanos()).divide(BigDecimal.valueOf(nanos));
                text = count.stripTrailingZeros().toPlainString() + " " + unit.getKey();
            }
        }
        return text;
    }
}
