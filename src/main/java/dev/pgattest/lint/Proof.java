package dev.pgattest.lint;

/**
 * What shows on a real server that a rule's claim is true. The bad example is run and shows it, the good example is run and does
 * not. A test does both ({@code RuleProofTest}).
 */
public sealed interface Proof {

    /**
     * The bad example takes a lock of at least this mode on the relation, the good example does not.
     *
     * @param mode weakest mode that counts
     * @param relation name as {@code regclass} reads it
     */
    record TakesLock(LockMode mode, String relation) implements Proof {}

    /**
     * The bad example reads the whole relation while it holds a lock of at least this mode on it, or on {@code locked}; the good
     * example reads it under a weaker lock or not at all.
     */
    record ScansUnderLock(LockMode mode, String locked, String scanned) implements Proof {

        /** The relation that is read is the one that is locked. */
        static ScansUnderLock of(LockMode mode, String relation) {
            return new ScansUnderLock(mode, relation, relation);
        }
    }

    /**
     * The bad example holds locks of at least this mode on both relations at the same time, the good example does not.
     *
     * @param mode weakest mode that counts
     * @param one a name as {@code regclass} reads it
     * @param other another one
     */
    record LocksTogether(LockMode mode, String one, String other) implements Proof {}

    /** The bad example runs a statement while an earlier one's lock of at least this mode is held, the good example does not. */
    record WorksUnderLock(LockMode mode, String relation) implements Proof {}

    /**
     * While another transaction reads the relation, the bad example waits for it for so long that all readers behind the example wait
     * too; the good one gives up.
     *
     * @param relation name as {@code regclass} reads it
     */
    record Queues(String relation) implements Proof {}

    /**
     * While another transaction has written to {@code orders} and is not at its end, the bad example fails and leaves a state in which
     * a query returns true; the good one waits until it can end, and the query does not.
     *
     * @param sqlState of the failure
     * @param what the state in words
     * @param query returns one boolean
     */
    record FailsBesideWriter(String sqlState, String what, String query) implements Proof {}

    /** The bad example writes the relation anew, which shows by another file node; the good example does not. */
    record Rewrites(String relation) implements Proof {}

    /** The bad example fails with this SQLSTATE; the good example runs to its end. */
    record Fails(String sqlState) implements Proof {}

    /**
     * The bad example leaves a state in which a query returns true, the good example one in which it does not, or fails.
     *
     * @param what the claim in words
     * @param query returns one boolean; statements that prepare it, such as {@code set role}, may stand before it
     */
    record Shows(String what, String query) implements Proof {}

    /** Nothing that a server could show. */
    record Unprovable(String reason) implements Proof {}
}
