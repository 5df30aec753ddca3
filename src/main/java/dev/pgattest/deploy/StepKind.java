package dev.pgattest.deploy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a step does. */
public enum StepKind {
    /** {@code CREATE INDEX CONCURRENTLY}; an invalid leftover of that name is dropped first. */
    CREATE(Run.ALONE, "writers of the table, then every snapshot of the database that is older than the second scan"),
    /** The new index and the old one exchange their names. */
    SWAP(Run.TRANSACTION, "locks of the two indexes"),
    /** An index whose place was taken takes it again. */
    SWAP_BACK(Run.TRANSACTION, "locks of the two indexes"),
    /** An index gets another name. */
    RENAME(Run.TRANSACTION, "other changes of the index"),
    /** {@code DROP INDEX CONCURRENTLY}. */
    DROP(Run.ALONE, "transactions that use the table"),
    /** {@code DROP INDEX CONCURRENTLY} of what a build or a replacement left behind. */
    CLEAN(Run.ALONE, "transactions that use the table"),
    /** {@code CREATE INDEX ON ONLY} a partitioned table. */
    CREATE_PARENT(Run.TRANSACTION, "writers of the partitioned table"),
    /** {@code ALTER INDEX ... ATTACH PARTITION}. */
    ATTACH(Run.TRANSACTION, "locks of the two indexes"),
    /** {@code DROP INDEX} of a partitioned table, which has no concurrent form. */
    DROP_PARENT(Run.TRANSACTION, "readers and writers of the table and its partitions"),
    /** {@code ALTER TABLE ... ADD CONSTRAINT ... USING INDEX}. */
    ADD_CONSTRAINT(Run.TRANSACTION, "readers and writers of the table"),
    /** {@code ALTER TABLE ... DROP CONSTRAINT}. */
    DROP_CONSTRAINT(Run.TRANSACTION, "readers and writers of the table"),
    /** Consecutive statements of a state's script that change the schema. */
    SCRIPT(Run.TRANSACTION, "whatever holds a lock of the objects that the statements change"),
    /** A statement of a state's script that reads or writes rows. */
    DATA(Run.TRANSACTION, "whatever holds a lock of the rows or tables that the statement changes"),
    /** {@code REFRESH MATERIALIZED VIEW}. */
    REFRESH(Run.TRANSACTION, "whatever reads the view, unless it is refreshed concurrently"),
    /** {@code ANALYZE}. */
    ANALYZE(Run.ALONE, "other maintenance of the table"),
    /** A statement of a script that may not stand in a transaction and may be repeated. */
    REPEATABLE(Run.ALONE, "other maintenance of the table"),
    /** {@code COMMENT ON INDEX}. */
    COMMENT(Run.TRANSACTION, "other changes of the index");

    private enum Run {
        TRANSACTION,
        ALONE
    }

    private final Run run;
    private final String waitsFor;

    StepKind(Run run, String waitsFor) {
        this.run = run;
        this.waitsFor = waitsFor;
    }

    /** As in plans: lower case with hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of that word. */
    public static Optional<StepKind> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /** Whether its statements run in one transaction, together with the journal's record that they have run. */
    public boolean isTransactional() {
        return run == Run.TRANSACTION;
    }

    /** Whether it comes from a state's script, so that only the journal knows whether it was done. */
    public boolean isOfScript() {
        return this == SCRIPT || this == DATA || this == REFRESH || this == REPEATABLE;
    }

    /** Whether it removes an index, which happens after everything that makes one. */
    public boolean isRemoval() {
        return this == DROP || this == CLEAN || this == DROP_PARENT || this == DROP_CONSTRAINT;
    }

    /** Whose ending it waits for. */
    public String waitsFor() {
        return waitsFor;
    }
}
