package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about how tables are read. */
final class ReadingRules {

    /** Below about a thousand pages a sequential scan is the planner's right choice; the same limit as of the red flags. */
    static final long LARGE_BYTES = 8L << 20;

    private static final double MOSTLY = 0.5;
    private static final double SCANS_A_DAY = 10;
    private static final double READ_SHARE = 0.1;
    private static final double INDEX_SHARE = 0.95;
    private static final long FEWEST_SCANS = 1000;
    private static final double CACHE_HITS = 0.95;
    private static final long FEWEST_BLOCKS = 100_000;
    private static final int SHOWN_TABLES = 3;

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "sequential-reads",
                    Severity.WARNING,
                    List.of(
                            new Limit(LARGE_BYTES, "bytes", "smaller tables are rightly read sequentially"),
                            new Limit(MOSTLY, "share", "more of the table's scans than this are sequential"),
                            new Limit(SCANS_A_DAY, "scans a day", "and at least so many; a nightly dump is one"),
                            new Limit(READ_SHARE, "share", "and each reads at least this part of the rows on average")),
                    new Page(
                            "A large table is mostly read from end to end. The cost grows with the table. Each partition counts for "
                                    + "itself; materialized views count as tables.",
                            "Find the queries (pg_stat_statements, auto_explain) and index what they filter by. `pgattest prove` shows "
                                    + "whether an index helps.",
                            "pg_stat_all_tables.seq_scan; the limits are pgattest's."),
                    ReadingRules::sequential),
            new HealthRule(
                    "index-share",
                    Severity.WARNING,
                    List.of(
                            new Limit(
                                    INDEX_SHARE, "share", "fewer of the scans of large tables than this use an index"),
                            new Limit(LARGE_BYTES, "bytes", "a table is large from here on"),
                            new Limit(FEWEST_SCANS, "scans", "fewer scans say nothing")),
                    new Page(
                            "Of all scans of the database's large tables, too few use an index. Small tables are left out: reading them "
                                    + "whole is right, and they would hide the others.",
                            "Start with the tables that are named; see sequential-reads.",
                            "The target of 95 % is from the documents of the reference system LiteMaaS."),
                    ReadingRules::share),
            new HealthRule(
                    "cache-hits",
                    Severity.INFO,
                    List.of(
                            new Limit(CACHE_HITS, "share", "fewer blocks than this were found in shared buffers"),
                            new Limit(FEWEST_BLOCKS, "blocks", "fewer blocks say nothing")),
                    new Page(
                            "Many blocks of tables, or of indexes, were not found in shared buffers. They came from the operating system: "
                                    + "from its cache or from disk, which the server cannot tell.",
                            "Look for scans that read more than they need, drop indexes that nobody uses, then consider shared_buffers.",
                            "pg_statio_all_tables; the limits are pgattest's."),
                    ReadingRules::cache));

    private ReadingRules() {}

    private static Stream<Found> sequential(Examination examination) {
        Duration age = examination.server().counters().age();
        double days = Math.max(1, age.toMinutes() / (24.0 * 60));
        return examination.tables().stream()
                .filter(table -> table.size().bytes() >= LARGE_BYTES)
                .filter(table -> {
                    TableFacts.Reads reads = table.reads();
                    double all = reads.sequentialScans() + reads.indexScans();
                    return reads.sequentialScans() / days >= SCANS_A_DAY
                            && reads.sequentialScans() > MOSTLY * all
                            && rowsAScan(table) >= READ_SHARE * table.size().rows();
                })
                .map(table -> Found.of(
                        table.name().sql(),
                        "read from end to end " + Figures.count(table.reads().sequentialScans()) + " times in "
                                + Figures.age(age) + ", through an index "
                                + Figures.count(table.reads().indexScans()) + " times; "
                                + Figures.bytes(table.size().bytes()) + ", "
                                + Figures.count(rowsAScan(table)) + " rows a time",
                        "find the queries that read it (pg_stat_statements) and index what they filter by"));
    }

    private static double rowsAScan(TableFacts table) {
        return table.reads().sequentialRows()
                / (double) Math.max(1, table.reads().sequentialScans());
    }

    private static Stream<Found> share(Examination examination) {
        List<TableFacts> large = examination.tables().stream()
                .filter(table -> table.size().bytes() >= LARGE_BYTES)
                .toList();
        HealthSummary.Share share = HealthSummary.indexShare(large);
        if (share.whole() < FEWEST_SCANS || share.value() >= INDEX_SHARE) {
            return Stream.empty();
        }
        String worst = large.stream()
                .filter(table -> table.reads().sequentialScans() > 0)
                .sorted(Comparator.comparingLong(table -> -table.reads().sequentialScans()))
                .limit(SHOWN_TABLES)
                .map(table ->
                        table.name().sql() + " (" + Figures.count(table.reads().sequentialScans()) + ")")
                .collect(Collectors.joining(", "));
        return Stream.of(Found.of(
                "",
                Figures.percent(share.value()) + " of " + Figures.count(share.whole())
                        + " scans of large tables use an index; the target is " + Figures.percent(INDEX_SHARE)
                        + ". Most sequential ones: " + worst,
                "index what the queries on these tables filter by"));
    }

    private static Stream<Found> cache(Examination examination) {
        return Stream.of(
                        cache("tables", HealthSummary.tableCache(examination.tables())),
                        cache("indexes", HealthSummary.indexCache(examination.tables())))
                .flatMap(found -> found);
    }

    private static Stream<Found> cache(String what, HealthSummary.Share share) {
        return share.whole() < FEWEST_BLOCKS || share.value() >= CACHE_HITS
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        Figures.percent(share.value()) + " of " + Figures.count(share.whole()) + " blocks of " + what
                                + " were found in shared buffers",
                        "look for scans that read more than they need; then consider shared_buffers"));
    }
}
