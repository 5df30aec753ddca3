package dev.pgattest.deploy;

import dev.pgattest.Sha256;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.StatementSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a deployment.
 *
 * @param kind what it does
 * @param subject to what
 * @param statements in order, without semicolons; at least one
 * @param limits how long it may wait and run
 * @param hazards what has to be allowed for it, in the order of their names
 * @param undo statements that take it back; empty when nothing has to be or can be
 * @param estimate how large and long it is likely to be
 * @param reason why it is done
 */
public record Step(
        StepKind kind,
        Subject subject,
        List<String> statements,
        Limits limits,
        List<Hazard> hazards,
        List<String> undo,
        Estimate estimate,
        String reason) {

    public Step {
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("a step has at least one statement");
        }
        statements = List.copyOf(statements);
        hazards = List.copyOf(hazards);
        undo = List.copyOf(undo);
    }

    /**
     * What a step works on.
     *
     * @param index the index; null for steps of scripts and for {@code ANALYZE}
     * @param table its table, or what is analyzed; null for steps of scripts
     * @param place file and line of the script; empty for other steps
     * @param former name that the index has before it is renamed; null for every other step
     */
    public record Subject(
            @Nullable QualifiedName index,
            @Nullable QualifiedName table,
            String place,
            @Nullable QualifiedName former) {

        /** What is not renamed. */
        public Subject(@Nullable QualifiedName index, @Nullable QualifiedName table, String place) {
            this(index, table, place, null);
        }

        /** An index of a table. */
        public static Subject index(QualifiedName index, QualifiedName table) {
            return new Subject(index, table, "");
        }

        /** A place in a script, {@code file:line}. */
        public static Subject script(String place) {
            return new Subject(null, null, place);
        }

        /** The index, the table or the place, as messages name it. */
        public String text() {
            QualifiedName named = index == null ? table : index;
            return named == null ? place : named.sql();
        }
    }

    /**
     * How long a step may wait and run.
     *
     * @param lockTimeout longest wait for one lock
     * @param deadline longest time for the whole step, after which its own backend is cancelled; zero for none
     * @param attempts how often it is tried when it cannot get its locks in time; at least 1
     * @param workers parallel workers that a build or a query in it may have besides its own process
     */
    public record Limits(Duration lockTimeout, Duration deadline, int attempts, int workers) {

        private static final int HALVINGS = 3;

        /**
         * The limits of one attempt at a step that others queue behind: the first three wait for an eighth, a quarter and a half of the
         * time. Most locks are free in a moment, and nobody has queued for long when they are not. The last attempt always has the whole
         * time.
         *
         * @param attempt its number, from 1
         */
        public Limits ofAttempt(int attempt) {
            int halvings = Math.max(0, Math.min(HALVINGS, attempts - 1) - (attempt - 1));
            Duration shorter = lockTimeout.dividedBy(1L << halvings);
            // PostgreSQL counts milliseconds, and zero would be no limit.
            Duration least = shorter.toMillis() == 0 ? Duration.ofMillis(1) : shorter;
            return new Limits(least, deadline, attempts, workers);
        }
    }

    /**
     * What a step is likely to need.
     *
     * @param bytes size of what it builds; null when nothing is known
     * @param duration null when nothing was measured
     */
    public record Estimate(@Nullable Long bytes, @Nullable Duration duration) {

        /** Nothing is known. */
        public static final Estimate NONE = new Estimate(null, null);
    }

    /** The index that it works on. */
    public Optional<QualifiedName> index() {
        return Optional.ofNullable(subject.index());
    }

    /** The name that its index has before it is renamed. */
    public Optional<QualifiedName> former() {
        return Optional.ofNullable(subject.former());
    }

    /** The table that it works on. */
    public Optional<QualifiedName> table() {
        return Optional.ofNullable(subject.table());
    }

    /** Its statements without the passwords in them, for whatever outlives the deployment. */
    public List<String> shownStatements() {
        return statements.stream().map(StatementSecrets::hide).toList();
    }

    /** Whether a statement has a password in it. */
    public boolean hasSecrets() {
        return !shownStatements().equals(statements) || undo.stream().anyMatch(StatementSecrets::has);
    }

    /** What tells it from the other steps of a deployment, today and when the deployment is resumed. */
    public String key() {
        String key = kind.word() + " " + subject.text();
        return kind.isOfScript()
                ? key + " " + Sha256.hex(String.join(";\n", shownStatements())).substring(0, 16)
                : key;
    }

    /** The same with another estimate. */
    Step estimatedAt(Estimate other) {
        return new Step(kind, subject, statements, limits, hazards, undo, other, reason);
    }
}
