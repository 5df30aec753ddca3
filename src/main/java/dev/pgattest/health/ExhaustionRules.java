package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.AgeFacts.DatabaseAge;
import dev.pgattest.health.AgeFacts.RelationAge;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.sql.Identifier;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about numbers that run out. */
final class ExhaustionRules {

    private static final double SEQUENCE_WARNING = 0.7;
    private static final double SEQUENCE_ERROR = 0.9;

    /** Half of the 32-bit circle of transaction ids and multixacts. */
    private static final double WHOLE = 1L << 31;

    private static final double AGE_WARNING = 0.5;
    private static final double AGE_ERROR = 0.75;
    private static final double BEHIND = 1.5;
    private static final int SHOWN_TABLES = 3;

    private static final List<Limit> AGE_LIMITS = List.of(
            new Limit(BEHIND, "times the setting", "a warning when autovacuum is so far behind"),
            new Limit(AGE_WARNING, "share", "a warning from this part of 2^31"),
            new Limit(AGE_ERROR, "share", "an error from this part of 2^31"));

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "sequence-near-end",
                    Severity.WARNING,
                    List.of(
                            new Limit(SEQUENCE_WARNING, "share", "a warning from this part of the values"),
                            new Limit(SEQUENCE_ERROR, "share", "an error from this part of the values")),
                    new Page(
                            "A sequence has given most of its values, or the column that it fills cannot hold many more: the end is that "
                                    + "of the sequence or of the column's type, whichever comes first. After it, inserts fail. Sequences "
                                    + "that begin anew are left out.",
                            "Change column and sequence to bigint. ALTER COLUMN TYPE rewrites the table under an exclusive lock; a large "
                                    + "one needs a new column, a trigger and a switch (see the lint rule alter-column-type-rewrite).",
                            "pg_sequence, and the column that owns the sequence or has it as its default."),
                    ExhaustionRules::sequences),
            new HealthRule(
                    "transaction-id-wraparound",
                    Severity.WARNING,
                    AGE_LIMITS,
                    new Page(
                            "The oldest row that is not frozen is so old that transaction ids may run out. At 2^31 the server would stop "
                                    + "taking writes. Autovacuum freezes from autovacuum_freeze_max_age on, by default 200 million; "
                                    + "being far beyond it means that something keeps it from its work.",
                            "Look for what holds it back: old transactions in pg_stat_activity, pg_prepared_xacts, replication slots with "
                                    + "an old xmin. Then VACUUM the oldest tables.",
                            "PostgreSQL's manual: Preventing Transaction ID Wraparound Failures. 0.75 of 2^31 is about "
                                    + "vacuum_failsafe_age, 1.6 billion; the other limits are pgattest's."),
                    examination -> ages(
                            examination,
                            "transaction ids",
                            examination.server().freezing().transactions(),
                            DatabaseAge::transactions,
                            RelationAge::transactions)),
            new HealthRule(
                    "multixact-wraparound",
                    Severity.WARNING,
                    AGE_LIMITS,
                    new Page(
                            "The same for multixacts, which tell who shares a row's lock: foreign keys and SELECT FOR SHARE use them up. "
                                    + "Autovacuum freezes from autovacuum_multixact_freeze_max_age on, by default 400 million.",
                            "As for transaction ids.",
                            "PostgreSQL's manual: Multixacts and Wraparound. 0.75 of 2^31 is about vacuum_multixact_failsafe_age, "
                                    + "1.6 billion; the other limits are pgattest's."),
                    examination -> ages(
                            examination,
                            "multixacts",
                            examination.server().freezing().multixacts(),
                            DatabaseAge::multixacts,
                            RelationAge::multixacts)));

    private ExhaustionRules() {}

    private static Stream<Found> sequences(Examination examination) {
        return examination.snapshot().schema().sequences().stream()
                .filter(sequence -> !sequence.range().cycles() || sequence.isLimitedByColumn())
                .filter(sequence -> sequence.used() >= SEQUENCE_WARNING)
                .map(sequence -> Found.of(
                        sequence.used() >= SEQUENCE_ERROR ? Severity.ERROR : Severity.WARNING,
                        sequence.name().sql(),
                        Figures.percent(sequence.used()) + " of its values are used up: it is at "
                                + Figures.count(sequence.last()) + ", the last is "
                                + Figures.count(sequence.limit()) + filled(sequence),
                        remedy(sequence)));
    }

    private static String filled(SequenceFacts sequence) {
        SequenceFacts.Column column = sequence.column();
        if (column == null) {
            return "";
        }
        String name = column.table().sql() + "." + Identifier.quote(column.name());
        return sequence.isLimitedByColumn()
                ? ", all that " + name + " can hold, which is " + column.type()
                : "; it fills " + name;
    }

    private static String remedy(SequenceFacts sequence) {
        SequenceFacts.Column column = sequence.column();
        boolean small =
                sequence.range().highest() < Long.MAX_VALUE && sequence.range().increment() > 0;
        String wider = small ? "alter sequence " + sequence.name().sql() + " as bigint no maxvalue;" : "";
        if (column == null || column.largest() == Long.MAX_VALUE) {
            return wider.isEmpty() ? "begin a new sequence before this one ends" : wider;
        }
        return "-- this rewrites the table under an exclusive lock; when it is large, fill a new column instead:\nalter table "
                + column.table().sql() + " alter column " + Identifier.quote(column.name()) + " type bigint;"
                + (wider.isEmpty() ? "" : "\n" + wider);
    }

    private static Stream<Found> ages(
            Examination examination,
            String what,
            long setting,
            ToLongFunction<DatabaseAge> age,
            ToLongFunction<RelationAge> relationAge) {
        return examination.snapshot().ages().databases().stream()
                .filter(database -> age.applyAsLong(database) >= AGE_WARNING * WHOLE
                        || age.applyAsLong(database) > BEHIND * setting)
                .map(database -> {
                    long years = age.applyAsLong(database);
                    boolean here =
                            database.database().equals(examination.server().database());
                    return Found.of(
                            years >= AGE_ERROR * WHOLE ? Severity.ERROR : Severity.WARNING,
                            Identifier.quote(database.database()),
                            Figures.percent(years / WHOLE) + " of the " + what + " are used up, "
                                    + Figures.count(years) + "; autovacuum should have frozen at "
                                    + Figures.count(setting),
                            here
                                    ? vacuum(examination, relationAge)
                                    : "connect to this database, and vacuum its oldest tables");
                });
    }

    private static String vacuum(Examination examination, ToLongFunction<RelationAge> age) {
        return "-- the oldest tables, after what holds vacuum back is gone (old transactions, prepared ones, slots):\n"
                + examination.snapshot().ages().oldest().stream()
                        .sorted(Comparator.comparingLong(each -> -age.applyAsLong(each)))
                        .limit(SHOWN_TABLES)
                        .map(each -> "vacuum " + each.table().sql() + ";  -- " + Figures.count(age.applyAsLong(each)))
                        .collect(Collectors.joining("\n"));
    }
}
