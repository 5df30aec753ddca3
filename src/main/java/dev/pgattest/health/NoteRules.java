package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.health.HealthSnapshot.Gap;
import java.util.List;
import java.util.stream.Stream;

/** Rules that say what the other rules could not judge. */
final class NoteRules {

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "counters-off",
                    Severity.WARNING,
                    List.of(),
                    new Page(
                            "The server does not count use and changes. Nothing can be said about unused indexes, sequential reads and "
                                    + "stale statistics, and autovacuum does not work.",
                            "Set track_counts to on.",
                            "PostgreSQL's manual: Run-time Statistics."),
                    NoteRules::off),
            new HealthRule(
                    "young-counters",
                    Severity.INFO,
                    List.of(),
                    new Page(
                            "The counters of use, here or on a replica, have not counted for as long as --min-statistics-age asks for: they "
                                    + "were reset, the server crashed, or it is new. No index is called unused.",
                            "Wait, or name a shorter time when you know that all queries have run in it.",
                            "pg_stat_database.stats_reset, and the oldest reset of the statistics that belong to no database: a crash "
                                    + "resets them all."),
                    NoteRules::young),
            new HealthRule(
                    "standby-not-counted",
                    Severity.INFO,
                    List.of(),
                    new Page(
                            "Standbys stream from this server, and each counts the scans of its own queries. An index that looks unused here "
                                    + "may be what a standby lives on.",
                            "Name each standby with --replica URL.",
                            "pg_stat_replication."),
                    NoteRules::standbys),
            gaps(
                    "missing-right",
                    Gap.Kind.RIGHT,
                    new Page(
                            "The role may not see something, so it was not judged. The message says what; everything else was.",
                            "Grant what is named. Membership in pg_monitor is enough for all but the planner's statistics of tables and the "
                                    + "values of sequences, which need the right to read them.",
                            "pg_stats, pg_sequences, pg_stat_progress_create_index.")),
            gaps(
                    "locked-table",
                    Gap.Kind.LOCK,
                    new Page(
                            "A session holds, or waits for, a lock on a table that excludes readers. Waiting for it would have made others "
                                    + "wait in turn, so the table and its indexes were left out.",
                            "Run the command again when the lock is gone.",
                            "pg_locks.")),
            gaps(
                    "not-judged",
                    Gap.Kind.UNKNOWN,
                    new Page(
                            "The server does not have what is needed to judge something.",
                            "See the message.",
                            "The server's catalog.")));

    private NoteRules() {}

    private static HealthRule gaps(String id, Gap.Kind kind, Page page) {
        return new HealthRule(
                id,
                Severity.INFO,
                List.of(),
                page,
                examination -> examination.snapshot().gaps().stream()
                        .filter(gap -> gap.kind() == kind)
                        .map(gap -> Found.of(gap.object(), gap.message(), gap.remedy())));
    }

    private static Stream<Found> off(Examination examination) {
        return examination.server().counters().enabled()
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        "track_counts is off: nothing is known about the use of tables and indexes, and autovacuum does not work",
                        "alter system set track_counts = on;\nselect pg_reload_conf();"));
    }

    private static Stream<Found> young(Examination examination) {
        if (!examination.server().counters().enabled() || examination.countersAreOldEnough()) {
            return Stream.empty();
        }
        return Stream.of(Found.of(
                "",
                "the counters of use have counted for " + Figures.age(examination.countersAge())
                        + " only, so no index is called unused; that takes "
                        + Figures.age(examination.youngest()),
                "wait, or name a shorter time with --min-statistics-age when all queries have run in it"));
    }

    private static Stream<Found> standbys(Examination examination) {
        List<String> standbys = examination.server().standbys();
        int named = examination.snapshot().replicas().size();
        if (examination.server().standby() && named == 0) {
            return Stream.of(Found.of(
                    "",
                    "this is a standby: what its primary and other standbys use is not counted",
                    "name each with --replica URL"));
        }
        return standbys.size() <= named
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        "what servers that stream from this one use is not counted: " + String.join(", ", standbys)
                                + (named == 0 ? "" : "; " + named + " of " + standbys.size() + " were named"),
                        "name each with --replica URL"));
    }
}
