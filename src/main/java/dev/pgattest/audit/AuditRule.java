package dev.pgattest.audit;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule: data, but for its check.
 *
 * @param id as in findings and the documentation; that of the lint rule where both mean the same
 * @param severity of its findings, unless the check says otherwise
 * @param page what the documentation says
 * @param check looks at a database
 */
record AuditRule(String id, Severity severity, Page page, Function<Examination, Stream<Found>> check) {

    /**
     * The rule's documentation, plain text.
     *
     * @param effect what is the case and what follows
     * @param remedy what to do
     * @param source where that stands
     */
    record Page(String effect, String remedy, String source) {}

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

        Found weighing(Severity weight) {
            return new Found(weight, object, message, remedy);
        }
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
