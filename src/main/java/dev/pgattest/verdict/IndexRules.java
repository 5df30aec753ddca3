package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.condition;
import static dev.pgattest.verdict.Figures.count;
import static dev.pgattest.verdict.Figures.percent;

import dev.pgattest.Severity;
import dev.pgattest.plan.NodeMetrics;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanNode;
import java.util.List;

/** Rules about scans that use an index and work too hard. */
final class IndexRules {

    /** What PostgreSQL until 17 added to the cost of a node type that a setting forbids ({@code disable_cost} in costsize.c). */
    private static final double DISABLE_COST = 1e10;

    static final List<RedFlagRule> ALL = List.of(
            new RedFlagRule(
                    "rows-removed-by-filter",
                    Severity.WARNING,
                    List.of(
                            new Threshold("index_scan_rows", "rows", 100, "an index scan may remove this many rows"),
                            new Threshold("index_scan_share", "share", 0.5, "and this part of the rows it reads"),
                            new Threshold("rows", "rows", 10_000, "another scan or a join may remove this many rows"),
                            new Threshold("share", "share", 0.9, "and this part of the rows it reads")),
                    new RedFlagRule.Page(
                            "A scan reads rows and drops most of them, or a join builds pairs and drops most of them. On an index scan "
                                    + "it means that the index finds too much: a condition is checked on the row, not in the index.",
                            "Add the filtered columns to the index, or make it a partial index for a constant condition. For a join "
                                    + "filter, give the join an equality that can be indexed or hashed.",
                            "pev2 marks 50 and 90 %; Joe (Postgres.ai) warns above 100 rows on an index scan; QuerySense "
                                    + "above 10,000 rows."),
                    IndexRules::rowsRemoved),
            new RedFlagRule(
                    "heap-fetches",
                    Severity.WARNING,
                    List.of(
                            new Threshold(
                                    "share", "share", 0.4, "more of the rows than this were looked up in the table"),
                            new Threshold("rows", "rows", 100, "and more rows than this")),
                    new RedFlagRule.Page(
                            "An index-only scan looks rows up in the table all the same, because the visibility map does not know "
                                    + "their pages as all-visible. It then costs what an index scan costs.",
                            "VACUUM the table; on tables that mostly grow, lower autovacuum_vacuum_insert_scale_factor so that "
                                    + "autovacuum does it in time.",
                            "pev2 marks 0, 40 and 90 % of the rows; the middle one is the default."),
                    IndexRules::heapFetches),
            new RedFlagRule(
                    "lossy-bitmap-blocks",
                    Severity.WARNING,
                    List.of(new Threshold("blocks", "blocks", 0, "more lossy heap blocks than this")),
                    new RedFlagRule.Page(
                            "The bitmap did not fit into work_mem, so it keeps pages instead of rows, and every row on "
                                    + "those pages is checked again.",
                            "Raise work_mem for this query, or use an index that finds fewer rows.",
                            "No published threshold; any lossy block shows that work_mem was too small."),
                    IndexRules::lossyBlocks),
            new RedFlagRule(
                    "index-searches",
                    Severity.WARNING,
                    List.of(new Threshold(
                            "searches",
                            "searches per loop",
                            100,
                            "more descents of the index than this in one execution")),
                    new RedFlagRule.Page(
                            "One execution of an index scan descends the index again and again: once for each element of an "
                                    + "array, or once for each distinct value of a column that the condition skips.",
                            "Put a column with an equality condition in front of the index, or join to the array's values instead.",
                            "PostgreSQL 18 and later print it. No published threshold; the default is pgattest's."),
                    IndexRules::indexSearches),
            new RedFlagRule(
                    "disabled-node",
                    Severity.WARNING,
                    List.of(),
                    new RedFlagRule.Page(
                            "The planner used a node type that a setting such as enable_seqscan = off forbids, because there was no "
                                    + "other way. The plan was not chosen by cost.",
                            "Reset the enable_ settings: plans captured under them prove nothing about production.",
                            "PostgreSQL 18 prints Disabled; before, a cost above 10,000,000,000 shows it. No threshold."),
                    IndexRules::disabledNodes));

    private IndexRules() {}

    private static RedFlagOutcome rowsRemoved(Inspection inspection) {
        for (PlanNode node : inspection.executed(node -> true)) {
            NodeMetrics metrics = inspection.metrics(node);
            String byFilter = removedBy(node);
            String prefix = isIndexScan(node) ? "index_scan_" : "";
            double removed = byFilter.isEmpty() ? 0 : removedRows(node);
            double share = removed == 0 ? 0 : removed / (metrics.rows() + removed);
            if (removed > inspection.threshold(prefix + "rows") && share > inspection.threshold(prefix + "share")) {
                inspection.flag(
                        node,
                        "drops " + count(removed) + " rows, " + percent(share) + " of those it reads, by "
                                + condition(byFilter),
                        isIndexScan(node)
                                ? "add the columns of the filter to "
                                        + node.text(PlanKey.INDEX_NAME).orElse("the index")
                                        + ", or make a partial index for it"
                                : "index the columns of the filter so that these rows are never read");
            }
        }
        return inspection.outcome();
    }

    /** Without rows removed by an index recheck: those come from lossy blocks, which have a rule of their own. */
    private static double removedRows(PlanNode node) {
        return node.loops()
                * (node.number(PlanKey.ROWS_REMOVED_BY_FILTER).orElse(0)
                        + node.number(PlanKey.ROWS_REMOVED_BY_JOIN_FILTER).orElse(0));
    }

    private static String removedBy(PlanNode node) {
        return node.text(PlanKey.JOIN_FILTER)
                .or(() -> node.text(PlanKey.FILTER))
                .orElse("");
    }

    private static boolean isIndexScan(PlanNode node) {
        return node.nodeType().equals("Index Scan") || node.nodeType().equals("Index Only Scan");
    }

    private static RedFlagOutcome heapFetches(Inspection inspection) {
        for (PlanNode node : inspection.executed("Index Only Scan")) {
            double fetches = node.number(PlanKey.HEAP_FETCHES).orElse(0);
            double rows = Math.max(1, inspection.metrics(node).rowsRead());
            if (fetches > inspection.threshold("rows") && fetches / rows > inspection.threshold("share")) {
                String relation = node.text(PlanKey.RELATION_NAME).orElse("the table");
                inspection.flag(
                        node,
                        "an index-only scan looks up " + count(fetches) + " rows in " + relation + " to return "
                                + count(inspection.metrics(node).rows()),
                        "VACUUM " + relation + ", and let autovacuum do it in time");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome lossyBlocks(Inspection inspection) {
        for (PlanNode node : inspection.executed("Bitmap Heap Scan")) {
            double lossy = node.sumOverWorkers(PlanKey.LOSSY_HEAP_BLOCKS);
            if (lossy > inspection.threshold("blocks")) {
                double rechecked =
                        node.number(PlanKey.ROWS_REMOVED_BY_INDEX_RECHECK).orElse(0) * node.loops();
                inspection.flag(
                        node,
                        count(lossy) + " blocks of the bitmap are lossy, beside "
                                + count(node.sumOverWorkers(PlanKey.EXACT_HEAP_BLOCKS)) + " exact ones; "
                                + count(rechecked) + " rows were read only to be dropped",
                        "raise work_mem for this query, or use an index that finds fewer rows");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome indexSearches(Inspection inspection) {
        List<PlanNode> scans = inspection.executed("Index Scan", "Index Only Scan", "Bitmap Index Scan");
        for (PlanNode node : scans) {
            var searches = node.number(PlanKey.INDEX_SEARCHES);
            if (searches.isEmpty()) {
                inspection.notApplicable("PostgreSQL before 18 does not count index searches");
            } else if (searches.getAsDouble() / node.loops() > inspection.threshold("searches")) {
                inspection.flag(
                        node,
                        "descends the index " + count(searches.getAsDouble()) + " times in " + count(node.loops())
                                + (node.loops() == 1 ? " execution" : " executions"),
                        "put a column with an equality condition in front of "
                                + node.text(PlanKey.INDEX_NAME).orElse("the index")
                                + ", or join to the values instead of passing them as an array");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome disabledNodes(Inspection inspection) {
        for (PlanNode node : inspection.executed(IndexRules::isDisabled)) {
            inspection.flag(
                    node,
                    "a setting forbids " + node.nodeType() + ", the planner had no other way"
                            + inspection.context().plan().settings().entrySet().stream()
                                    .filter(setting -> setting.getKey().startsWith("enable_"))
                                    .map(setting -> "; " + setting.getKey() + " = " + setting.getValue())
                                    .reduce("", String::concat),
                    "reset the enable_ settings and capture the plan again");
        }
        return inspection.outcome();
    }

    private static boolean isDisabled(PlanNode node) {
        double cost = node.number(PlanKey.TOTAL_COST).orElse(0);
        double below = node.children().stream()
                .mapToDouble(child -> child.number(PlanKey.TOTAL_COST).orElse(0))
                .sum();
        boolean says = node.facts().containsKey(PlanKey.DISABLED.keyName());
        return says ? node.isTrue(PlanKey.DISABLED) : cost - below >= DISABLE_COST;
    }
}
