package dev.pgattest.verdict;

import static dev.pgattest.verdict.Figures.count;

import dev.pgattest.Severity;
import dev.pgattest.plan.PlanKey;
import dev.pgattest.plan.PlanNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules about work that did not fit into memory. */
final class SpillRules {

    static final List<RedFlagRule> ALL = List.of(
            new RedFlagRule(
                    "temp-blocks-written",
                    Severity.WARNING,
                    List.of(new Threshold("blocks", "blocks", 0, "more temporary blocks than this were written")),
                    new RedFlagRule.Page(
                            "A sort, a hash or a common table expression did not fit into work_mem and went to disk. The node that "
                                    + "wrote most is named.",
                            "Sort or group fewer rows (an index in the order wanted, a rollup), or raise work_mem for this query.",
                            "Joe (Postgres.ai) warns on any temporary block."),
                    SpillRules::tempBlocks),
            new RedFlagRule(
                    "hash-batches",
                    Severity.WARNING,
                    List.of(new Threshold(
                            "batches", "batches", 1, "a hash or hash aggregate needed more batches than this")),
                    new RedFlagRule.Page(
                            "A hash table did not fit into work_mem times hash_mem_multiplier and was split into batches on disk.",
                            "Hash fewer rows or narrower ones, or raise work_mem or hash_mem_multiplier for this query. If the "
                                    + "batches grew while running, the row estimate was too low.",
                            "pev2 marks more than one batch."),
                    SpillRules::hashBatches),
            new RedFlagRule(
                    "external-sort",
                    Severity.WARNING,
                    List.of(new Threshold("disk_kb", "kB", 0, "a sort used more disk than this")),
                    new RedFlagRule.Page(
                            "A sort did not fit into work_mem and merged runs on disk.",
                            "Provide the order with an index, sort fewer or narrower rows, or raise work_mem for this query.",
                            "explain.depesz.com and pev2 mark sorts on disk."),
                    SpillRules::externalSorts));

    private SpillRules() {}

    private static RedFlagOutcome tempBlocks(Inspection inspection) {
        long written = inspection.context().metrics().tempBlocksWritten();
        if (written > inspection.threshold("blocks")) {
            PlanNode heaviest = inspection.executed(node -> true).stream()
                    .max(Comparator.comparingLong(node -> ownTempBlocks(inspection, node)))
                    .orElse(null);
            long own = heaviest == null ? 0 : ownTempBlocks(inspection, heaviest);
            inspection.flag(
                    heaviest,
                    count(written) + " temporary blocks were written, " + count(own) + " of them here",
                    "sort or hash fewer rows (an index in the order wanted, a rollup), or raise work_mem for this query");
        }
        return inspection.outcome();
    }

    private static long ownTempBlocks(Inspection inspection, PlanNode node) {
        return inspection.metrics(node).exclusiveBuffers().tempWritten();
    }

    private static RedFlagOutcome hashBatches(Inspection inspection) {
        for (PlanNode node : inspection.executed("Hash", "Aggregate")) {
            double batches = Stream.concat(Stream.of(node.facts()), node.workers().stream())
                    .mapToDouble(facts -> Math.max(
                            number(facts, PlanKey.HASH_BATCHES), number(facts, PlanKey.HASH_AGGREGATE_BATCHES)))
                    .max()
                    .orElse(0);
            double planned = node.number(PlanKey.ORIGINAL_HASH_BATCHES).orElse(batches);
            if (batches > inspection.threshold("batches")) {
                inspection.flag(
                        node,
                        "the hash table was split into " + count(batches) + " batches"
                                + (planned < batches ? ", planned for " + count(planned) : "")
                                + ", at "
                                + count(node.number(PlanKey.PEAK_MEMORY_USAGE).orElse(0)) + " kB of memory",
                        planned < batches
                                ? "correct the row estimate below, or raise work_mem for this query"
                                : "hash fewer or narrower rows, or raise work_mem for this query");
            }
        }
        return inspection.outcome();
    }

    private static RedFlagOutcome externalSorts(Inspection inspection) {
        for (PlanNode node : inspection.executed("Sort", "Incremental Sort")) {
            double disk = Stream.concat(Stream.of(node.facts()), node.workers().stream())
                    .mapToDouble(SpillRules::diskKilobytes)
                    .sum();
            if (disk > inspection.threshold("disk_kb")) {
                inspection.flag(
                        node,
                        "sorts " + count(inspection.metrics(node).rows()) + " rows with " + count(disk) + " kB on disk",
                        "provide the order (" + Figures.condition(String.join(", ", node.texts(PlanKey.SORT_KEY)))
                                + ") with an index, or raise work_mem for this query");
            }
        }
        return inspection.outcome();
    }

    /** An incremental sort reports peaks of two kinds of groups, which are not in use at the same time. */
    private static double diskKilobytes(Map<String, Object> facts) {
        if ("Disk".equals(facts.get(PlanKey.SORT_SPACE_TYPE.keyName()))) {
            return number(facts, PlanKey.SORT_SPACE_USED);
        }
        return Stream.of(PlanKey.FULL_SORT_GROUPS, PlanKey.PRE_SORTED_GROUPS)
                .map(groups -> facts.get(groups.keyName()))
                .map(groups -> groups instanceof Map<?, ?> map ? map.get("Sort Space Disk") : null)
                .map(space -> space instanceof Map<?, ?> map ? map.get("Peak Sort Space Used") : null)
                .mapToDouble(peak -> peak instanceof BigDecimal number ? number.doubleValue() : 0)
                .max()
                .orElse(0);
    }

    private static double number(Map<String, Object> facts, PlanKey key) {
        return facts.get(key.keyName()) instanceof BigDecimal number ? number.doubleValue() : 0;
    }
}
