package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rules about what the planner knows of tables. */
final class StatisticsRules {

    private static final long WORTH_ANALYZING_BYTES = 64 << 10;
    private static final double STALE_SHARE = 0.2;
    private static final long STALE_ROWS = 1000;

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "never-analyzed",
                    Severity.WARNING,
                    List.of(new Limit(WORTH_ANALYZING_BYTES, "bytes", "smaller tables are left out")),
                    new Page(
                            "The planner has no statistics about a table with rows, so it guesses. A partitioned table is never analyzed "
                                    + "by autovacuum: only its partitions are, and plans over all of them need the statistics of the whole.",
                            "ANALYZE the table; a partitioned one from time to time, by a job.",
                            "PostgreSQL's manual: Routine Vacuuming, Updating Planner Statistics. The limit is pgattest's."),
                    StatisticsRules::never),
            new HealthRule(
                    "stale-statistics",
                    Severity.WARNING,
                    List.of(
                            new Limit(STALE_SHARE, "share", "this part of the rows changed since the last ANALYZE"),
                            new Limit(STALE_ROWS, "rows", "and at least so many")),
                    new Page(
                            "Many rows changed since the table was last analyzed, more than autovacuum should have let happen: by "
                                    + "default it analyzes after 10 % of the rows and 50 more.",
                            "ANALYZE the table, then look why autovacuum does not: switched off for it, too few workers, or cancelled "
                                    + "by locks again and again.",
                            "pg_stat_all_tables.n_mod_since_analyze; twice autovacuum_analyze_scale_factor."),
                    StatisticsRules::stale));

    private StatisticsRules() {}

    private static Stream<Found> never(Examination examination) {
        return examination.tables().stream()
                .filter(table -> examination.bytes(table) >= WORTH_ANALYZING_BYTES)
                .filter(StatisticsRules::isNeverAnalyzed)
                .map(table -> Found.of(
                        table.name().sql(),
                        table.kind() == TableFacts.Kind.PARTITIONED
                                ? "the planner has no statistics about the whole of its partitions, "
                                        + Figures.bytes(examination.bytes(table))
                                        + "; autovacuum never analyzes a partitioned table"
                                : "the planner has no statistics about it, "
                                        + Figures.bytes(table.size().bytes()) + ", and guesses",
                        "analyze " + table.name().sql() + ";"));
    }

    /** A table that was emptied has no statistics after it was analyzed either. */
    private static boolean isNeverAnalyzed(TableFacts table) {
        TableFacts.Analysis analysis = table.analysis();
        boolean unknown = table.size().rows() < 0;
        if (analysis.last() != null || table.size().rows() == 0) {
            return false;
        }
        return analysis.readable() ? !analysis.present() : unknown;
    }

    private static Stream<Found> stale(Examination examination) {
        Instant now = examination.server().counters().now();
        return examination.tables().stream()
                .filter(table -> !isNeverAnalyzed(table))
                .filter(table -> table.writes().sinceAnalyze() >= STALE_ROWS
                        && table.writes().sinceAnalyze()
                                >= STALE_SHARE * table.size().rows())
                .map(table -> {
                    Instant last = table.analysis().last();
                    String when = last == null
                            ? "not analyzed since the counters were reset"
                            : "last analyzed " + Figures.age(Duration.between(last, now)) + " ago";
                    return Found.of(
                            table.name().sql(),
                            Figures.count(table.writes().sinceAnalyze()) + " rows changed of about "
                                    + Figures.count(Math.max(0, table.size().rows())) + "; " + when,
                            "analyze " + table.name().sql() + ";");
                });
    }
}
