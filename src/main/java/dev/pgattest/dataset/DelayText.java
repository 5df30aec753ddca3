package dev.pgattest.dataset;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files spell them: a whole number and its unit. */
final class DelayText {

    /** The spelling, for messages. */
    static final String EXAMPLES = "a whole number and a unit of us, ms, s, min, h or d, such as 10 min";

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}) *(us|ms|s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "us", Duration.ofNanos(1000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private DelayText() {}

    /** The duration; empty when the text is none or one of more than a century. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(UNITS.get(matcher.group(2)))
                .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
                .filter(delay -> delay.compareTo(LONGEST) <= 0);
    }
}
