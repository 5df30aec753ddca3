package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.count;
import static dev.pgattest.verdict.Figures.percent;

import dev.pgattest.Severity;
import dev.pgattest.plan.NodeMetrics;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanNode;
import dev.pgattest.plan.Scan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Rules about tables that are read from end to end and about blocks that are touched. */
final class TableRules {

    private static final Threshold MIN_TABLE_PAGES = new Threshold(
            "min_table_pages",
            "pages",
            1000,
            "smaller tables are rightly read sequentially: not applicable at this scale");
    private static final Threshold MAX_RETURNED_SHARE = new Threshold(
            "max_returned_share", "share", 0.5, "a scan that returns more of what it reads is rightly sequential");

    static final List<RedFlagRule> ALL = List.of(
            new RedFlagRule(
                    "seq-scan-critical-table",
                    Severity.ERROR,
                    List.of(MIN_TABLE_PAGES, MAX_RETURNED_SHARE),
                    new RedFlagRule.Page(
                            "A table that the query declares critical is read from end to end, and most of what is read is thrown "
                                    + "away. The cost grows with the table, not with the result.",
                            "Create an index whose leading columns are those of the filter, or correct the estimate that made the "
                                    + "planner pass over it. If the query needs most of the table, read a rollup instead.",
                            "Skeldir remediation document, sections 5.2 and 5.3; regresql treats it as an error on declared tables. "
                                    + "The volume limits are pgattest's: below 8 MB a sequential scan is the planner's right choice."),
                    TableRules::sequentialScansOfCriticalTables),
            new RedFlagRule(
                    "no-index-used",
                    Severity.ERROR,
                    List.of(MIN_TABLE_PAGES),
                    new RedFlagRule.Page(
                            "A query that blocks the gate (P0) reads tables, at least one of them large, and uses no index at all.",
                            "Compare its conditions with the index plan: either no index has their columns in front, or the planner "
                                    + "finds all of them more expensive than reading the table.",
                            "Skeldir remediation document, sections 5.2 and 5.3. The volume limit is pgattest's."),
                    TableRules::noIndexUsed),
            new RedFlagRule(
                    "seq-scan-buffers",
                    Severity.WARNING,
                    List.of(
                            new Threshold(
                                    "blocks", "blocks", 50, "more shared blocks than this in one sequential scan"),
                            MAX_RETURNED_SHARE),
                    new RedFlagRule.Page(
                            "A sequential scan touches many blocks to return a small part of the rows it reads. Harmless today, it "
                                    + "grows with the table.",
                            "Index the columns of the filter if the query runs often; otherwise leave it.",
                            "Joe (Postgres.ai) warns above 50 buffers. The share is pgattest's, so that whole-table reports stay silent."),
                    TableRules::sequentialScanBuffers),
            new RedFlagRule(
                    "interactive-buffers",
                    Severity.WARNING,
                    List.of(
                            new Threshold(
                                    "read_blocks",
                                    "blocks",
                                    100,
                                    "more shared blocks than this came from outside of the cache"),
                            new Threshold(
                                    "hit_blocks", "blocks", 1000, "more shared blocks than this came from the cache"),
                            new Threshold(
                                    "max_slo_ms",
                                    "ms",
                                    100,
                                    "queries with a looser latency target are not interactive")),
                    new RedFlagRule.Page(
                            "A query that must answer at once touches many blocks. It meets its target only while they are cached "
                                    + "and nobody else needs the processor.",
                            "Reduce the blocks: a covering index with VACUUM for index-only scans, fewer columns, fewer rows, a rollup.",
                            "Joe (Postgres.ai): read above 100 or hit above 1000. Which queries are interactive is pgattest's choice."),
                    TableRules::interactiveBuffers));

    private TableRules() {}

    private static RedFlagOutcome sequentialScansOfCriticalTables(Inspection inspection) {
        if (inspection.context().criticalTables().isEmpty()) {
            inspection.notApplicable("the query declares no critical tables");
        }
        inspection.executedScans().stream()
                .filter(scan -> scan.kind() == Scan.Kind.SEQUENTIAL)
                .filter(inspection.context()::isCritical)
                .forEach(scan -> sequentialScanOfCriticalTable(inspection, scan));
        return inspection.outcome();
    }

    private static void sequentialScanOfCriticalTable(Inspection inspection, Scan scan) {
        PlanNode node = inspection.node(scan.path());
        NodeMetrics metrics = inspection.metrics(node);
        double pages = inspection.pages(scan);
        double least = inspection.threshold("min_table_pages");
        if (pages < least) {
            inspection.notApplicable(smallTable(scan, pages, least));
        } else if (inspection.touched(node) < least) {
            inspection.notApplicable("the scan of " + scan.relation() + " stopped after "
                    + count(inspection.touched(node)) + " of " + count(pages) + " pages");
        } else if (metrics.shareReturned() > inspection.threshold("max_returned_share")) {
            inspection.notApplicable("the scan of " + scan.relation() + " returns " + percent(metrics.shareReturned())
                    + " of the rows it reads, an index would not read fewer");
        } else {
            inspection.flag(
                    node,
                    "reads " + named(scan) + " from end to end: " + count(inspection.touched(node)) + " blocks and "
                            + count(metrics.rowsRead()) + " rows to return " + count(metrics.rows()),
                    indexForFilter(node, scan));
        }
    }

    private static RedFlagOutcome noIndexUsed(Inspection inspection) {
        List<Scan> scans = inspection.executedScans();
        if (!inspection.context().blocking()) {
            inspection.notApplicable("the query does not block the gate");
        } else if (scans.isEmpty()) {
            inspection.notApplicable("the plan reads no table");
        } else if (scans.stream().allMatch(scan -> scan.kind() == Scan.Kind.SEQUENTIAL)) {
            Scan largest = scans.stream()
                    .max(Comparator.comparingDouble(inspection::pages))
                    .orElseThrow();
            double pages = inspection.pages(largest);
            double least = inspection.threshold("min_table_pages");
            if (pages < least) {
                inspection.notApplicable(smallTable(largest, pages, least));
            } else {
                PlanNode node = inspection.node(largest.path());
                inspection.flag(
                        node,
                        "uses no index at all; the largest table it reads, " + named(largest) + ", has " + count(pages)
                                + " pages",
                        indexForFilter(node, largest));
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome sequentialScanBuffers(Inspection inspection) {
        for (Scan scan : inspection.executedScans()) {
            PlanNode node = inspection.node(scan.path());
            NodeMetrics metrics = inspection.metrics(node);
            if (scan.kind() == Scan.Kind.SEQUENTIAL
                    && inspection.touched(node) > inspection.threshold("blocks")
                    && metrics.shareReturned() <= inspection.threshold("max_returned_share")) {
                inspection.flag(
                        node,
                        "touches " + count(inspection.touched(node)) + " blocks of " + named(scan) + " to return "
                                + percent(metrics.shareReturned()) + " of " + count(metrics.rowsRead()) + " rows",
                        indexForFilter(node, scan));
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome interactiveBuffers(Inspection inspection) {
        Duration slo = inspection.context().slo();
        if (slo == null) {
            inspection.notApplicable("no latency target is declared");
        } else if (slo.toNanos() / 1e6 > inspection.threshold("max_slo_ms")) {
            inspection.notApplicable("a latency target of " + Figures.millis(slo) + " is not interactive");
        } else {
            judgeInteractiveBuffers(inspection);
        }
        return inspection.outcome();
    }

    private static void judgeInteractiveBuffers(Inspection inspection) {
        var shared = inspection.context().metrics().totals().buffers().shared();
        boolean manyRead = shared.read() > inspection.threshold("read_blocks");
        boolean manyHit = shared.hit() > inspection.threshold("hit_blocks");
        if (manyRead || manyHit) {
            PlanNode heaviest = inspection.executed(node -> true).stream()
                    .max(Comparator.comparingLong(inspection::touched))
                    .orElse(null);
            inspection.flag(
                    heaviest,
                    "an interactive query touches " + count(shared.touched()) + " blocks, " + count(shared.read())
                            + " of them from outside of the cache",
                    "touch fewer blocks where most of them are: a covering index and VACUUM, fewer rows, or a rollup");
        }
    }

    private static String smallTable(Scan scan, double pages, double least) {
        return "not applicable at this scale: " + scan.relation() + " has " + count(pages) + " pages, under "
                + count(least) + " a sequential scan is right";
    }

    private static String named(Scan scan) {
        return scan.relation() + (scan.alias().equals(scan.relation()) ? "" : " (" + scan.alias() + ")");
    }

    private static String indexForFilter(PlanNode node, Scan scan) {
        return node.text(PlanKey.FILTER)
                .map(filter -> "create an index on " + scan.relation() + " that leads with " + leading(filter)
                        + ", or read fewer rows")
                .orElse("the scan has no filter: restrict it, or read a rollup of " + scan.relation());
    }

    private static String leading(String filter) {
        List<String> columns = FilterColumns.of(filter);
        return columns.isEmpty() ? "the columns of " + Figures.condition(filter) : String.join(", ", columns);
    }
}
