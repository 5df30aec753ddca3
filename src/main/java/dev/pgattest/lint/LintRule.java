package dev.pgattest.lint;

import dev.pgattest.Severity;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule: data, but for its checks.
 *
 * @param id as in findings, project files and suppressions
 * @param severity unless the project says otherwise
 * @param enabled whether it looks without being asked to
 * @param once whether one finding a file is enough
 * @param inRoutines whether it looks at the bodies of functions and procedures, which run only when somebody calls them
 * @param page what its documentation says
 * @param versions the major versions of PostgreSQL that it is about
 * @param proof what shows that it is right
 * @param statementCheck looks at each statement; null for none
 * @param fileCheck looks at the end of each file; null for none
 */
record LintRule(
        String id,
        Severity severity,
        boolean enabled,
        boolean once,
        boolean inRoutines,
        Page page,
        Versions versions,
        Proof proof,
        @Nullable Consumer<Visit> statementCheck,
        @Nullable Consumer<FileEnd> fileCheck) {

    /**
     * The rule's documentation, plain text.
     *
     * @param title what it finds, in a few words
     * @param effect what happens to whom
     * @param remedy what to do instead
     * @param source where the fact comes from
     */
    record Page(String title, String effect, String remedy, String source) {}

    /** Major versions, both ends included. */
    record Versions(int from, int to) {
        static final Versions ALL = new Versions(0, Integer.MAX_VALUE);

        boolean include(int version) {
            return from <= version && version <= to;
        }
    }

    /** A rule about what stops traffic, loses data or cannot work. */
    static Builder error(String id) {
        return new Builder(id, Severity.ERROR);
    }

    /** A rule about a risk. */
    static Builder warning(String id) {
        return new Builder(id, Severity.WARNING);
    }

    /** A rule about style. */
    static Builder info(String id) {
        return new Builder(id, Severity.INFO);
    }

    /** Puts a rule together; everything but versions, and one of the checks, is required. */
    static final class Builder {
        private final String id;
        private final Severity severity;
        private boolean enabled = true;
        private boolean once;
        private boolean inRoutines;
        private Versions versions = Versions.ALL;
        private @Nullable Page page;
        private @Nullable Proof proof;
        private @Nullable Consumer<Visit> statementCheck;

        private Builder(String id, Severity severity) {
            this.id = id;
            this.severity = severity;
        }

        Builder page(Page text) {
            page = text;
            return this;
        }

        Builder provedBy(Proof shown) {
            proof = shown;
            return this;
        }

        /** Only since, or only until, some major version. */
        Builder versions(int from, int to) {
            versions = new Versions(from, to);
            return this;
        }

        /** Off until a project's settings switch it on. */
        Builder onRequest() {
            enabled = false;
            return this;
        }

        /** Says a thing that is true of the whole file, so that its first finding is enough. */
        Builder once() {
            once = true;
            return this;
        }

        /** Looks at the bodies of functions and procedures too, for what it finds can work at no time. */
        Builder alsoInRoutines() {
            inRoutines = true;
            return this;
        }

        /** Looks at each statement and at the end of each file. */
        LintRule checks(Consumer<Visit> statement, Consumer<FileEnd> file) {
            statementCheck = statement;
            return build(file);
        }

        /** Looks at each statement. */
        LintRule checks(Consumer<Visit> statement) {
            statementCheck = statement;
            return build(null);
        }

        /** Looks at the end of each file. */
        LintRule checksFiles(Consumer<FileEnd> file) {
            return build(file);
        }

        private LintRule build(@Nullable Consumer<FileEnd> fileCheck) {
            if (page == null || proof == null) {
                throw new IllegalStateException("the rule " + id + " has no page or no proof");
            }
            return new LintRule(
                    id, severity, enabled, once, inRoutines, page, versions, proof, statementCheck, fileCheck);
        }
    }
}
