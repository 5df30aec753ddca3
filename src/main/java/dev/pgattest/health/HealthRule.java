package dev.pgattest.health;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule: data, but for its check.
 *
 * @param id as in findings and the documentation
 * @param severity of its findings, unless the check says otherwise
 * @param limits the numbers that it goes by
 * @param page what the documentation says
 * @param check looks at a snapshot
 */
record HealthRule(
        String id, Severity severity, List<Limit> limits, Page page, Function<Examination, Stream<Found>> check) {

    /**
     * The rule's documentation, plain text.
     *
     * @param meaning what the finding says and why it matters
     * @param remedy what to do
     * @param source where the rule and its numbers come from
     */
    record Page(String meaning, String remedy, String source) {}

    /**
     * A number that a rule goes by.
     *
     * @param value in the unit
     * @param unit what it counts
     * @param meaning one phrase
     */
    record Limit(double value, String unit, String meaning) {}

    /**
     * What a check found.
     *
     * @param severity null for that of the rule
     * @param object as SQL writes it; empty for the database
     * @param message what is, with the values seen, and what follows
     * @param remedy SQL to run, or what to do
     */
    record Found(@Nullable Severity severity, String object, String message, String remedy) {

        static Found of(String object, String message, String remedy) {
            return new Found(null, object, message, remedy);
        }

        static Found of(Severity severity, String object, String message, String remedy) {
            return new Found(severity, object, message, remedy);
        }
    }

    HealthRule {
        limits = List.copyOf(limits);
    }

    /** The rule's findings. */
    Stream<ObjectFinding> judge(Examination examination) {
        return check.apply(examination)
                .map(found -> new ObjectFinding(
                        id,
                        found.severity() == null ? severity : found.severity(),
                        found.object(),
                        found.message(),
                        found.remedy()));
    }
}
