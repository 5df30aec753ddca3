package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.pipeline.QueryPlans.CasePlan;
import dev.pgattest.plan.Scan;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.ParameterValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says why a plan does not use an index: what it does instead, and what the planner thinks that the index would cost. */
final class UseReason {

    /** What keeps the planner from the other ways of reading a table, as far as it has any. */
    private static final Map<String, String> NO_SCANS = Map.of("enable_seqscan", "off");

    private final QueryPlans plans;
    private final String state;
    private final CatalogIndex index;
    private final CatalogSnapshot live;

    UseReason(QueryPlans plans, String state, CatalogIndex index, CatalogSnapshot live) {
        this.plans = plans;
        this.state = state;
        this.index = index;
        this.live = live;
    }

    /**
     * In words, without an end.
     *
     * @param now the plans in each mode, none of which uses the index
     * @param parts names that the index and its parts have
     */
    String of(ExpectedUse use, List<CasePlan> now, Set<QualifiedName> parts) {
        CasePlan plan = now.get(0);
        if (plan.plan() == null) {
            return plan.refusal();
        }
        List<CasePlan> without = plans.of(use.query(), use.each(), state, NO_SCANS);
        Optional<CasePlan> forced = without.stream()
                .filter(each -> each.indexes().stream().anyMatch(parts::contains))
                .findFirst();
        String alternative =
                forced.map(each -> ", with the index " + cost(each)).orElse("");
        return reads(plan) + " at the planner's cost " + cost(plan) + alternative + rows() + parameters(use);
    }

    private String reads(CasePlan plan) {
        List<Scan> scans = plan.scans().stream().filter(this::isOfTable).toList();
        if (scans.isEmpty()) {
            return "its plan does not read " + index.table().sql();
        }
        return "its plan reads " + index.table().sql() + " "
                + scans.stream().map(UseReason::way).distinct().collect(Collectors.joining(" and "));
    }

    private static String way(Scan scan) {
        return scan.indexes().isEmpty()
                ? "by a " + scan.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " scan"
                : "by " + String.join(", ", scan.indexes());
    }

    private boolean isOfTable(Scan scan) {
        QualifiedName table = new QualifiedName(scan.schema(), scan.relation());
        while (!table.equals(index.table())) {
            Optional<QualifiedName> parent = live.relation(table).map(CatalogSnapshot.Relation::partitionOf);
            if (parent.isEmpty()) {
                return false;
            }
            table = parent.get();
        }
        return true;
    }

    private String rows() {
        return live.relation(index.table())
                .filter(relation -> relation.rows() >= 0 && !index.partitioned())
                .map(relation -> String.format(Locale.ROOT, "; rows of the table: about %,.0f", relation.rows()))
                .orElse("; the table has no statistics");
    }

    /** Whoever reads it must know that nothing promises that this database has such rows. */
    private static String parameters(ExpectedUse use) {
        List<String> ofDataset = use.each().parameters().entrySet().stream()
                .filter(each -> each.getValue() instanceof ParameterValue.OfRow
                        || each.getValue() instanceof ParameterValue.FirstMatch)
                .map(Map.Entry::getKey)
                .toList();
        return ofDataset.isEmpty()
                ? ""
                : "; " + String.join(", ", ofDataset) + (ofDataset.size() == 1 ? " is" : " are")
                        + " taken from the dataset, and this database may have no such rows";
    }

    private static String cost(CasePlan plan) {
        return plan.cost().isPresent()
                ? String.format(Locale.ROOT, "%.2f", plan.cost().getAsDouble())
                : "unknown";
    }
}
