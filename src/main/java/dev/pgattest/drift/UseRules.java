package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.workload.PlannedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What indexes are for, and what captured plans say to that. */
final class UseRules {

    private final DriftInput input;
    private final List<ObjectFinding> findings = new ArrayList<>();

    UseRules(DriftInput input) {
        this.input = input;
    }

    List<ObjectFinding> findings() {
        for (Counterpart each : input.plan()) {
            if (each.planned().decision().isWanted()) {
                justified(each);
                each.planned().purpose().serves().forEach(query -> serves(each, query));
            }
        }
        IndexUse use = input.use();
        if (use != null) {
            input.whole().forEach(index -> servesSomething(index, use));
        }
        return findings;
    }

    private void justified(Counterpart each) {
        if (!each.planned().purpose().isNamed()) {
            findings.add(DriftRule.UNJUSTIFIED.of(
                    each.object(),
                    "the plan wants it and does not say what for",
                    "write `serves`, `enforces` or `supports`, or let the decision be drop"));
        }
    }

    private void serves(Counterpart each, String query) {
        IndexUse use = input.proof();
        String name = each.planned().name();
        if (use == null || !use.hasMeasured(query)) {
            findings.add(DriftRule.UNPROVEN.of(
                    each.object(),
                    "it is to serve " + query + ", of which there is no evidence"
                            + (use == null ? "" : " in the state " + use.state()),
                    "measure it with `pgattest prove`"));
        } else if (use.hasIndex(name) && !use.isUsedBy(name, query)) {
            List<String> others = use.indexesOf(query);
            findings.add(DriftRule.UNUSED_BY_QUERY.of(
                    each.object(),
                    "it is to serve " + query + ", whose captured plans in the state " + use.state() + " use "
                            + (others.isEmpty() ? "no index" : String.join(", ", others)),
                    "remove the query from `serves`, or let it need the index"));
        }
    }

    private void servesSomething(CatalogIndex index, IndexUse use) {
        String name = index.name().name();
        Optional<PlannedIndex.Purpose> purpose =
                input.planOf(index).map(each -> each.planned().purpose());
        boolean judged = use.hasIndex(name)
                && !use.isUsed(name)
                && !index.definition().isUnique()
                && index.owningConstraint().isEmpty()
                && purpose.map(each -> each.serves().isEmpty()).orElse(true);
        if (judged) {
            Optional<String> other = purpose.filter(PlannedIndex.Purpose::isNamed)
                    .map(each -> each.enforces().isEmpty() ? each.supports() : each.enforces());
            findings.add(DriftRule.SERVES_NO_QUERY.of(
                    other.isPresent() ? Severity.INFO : Severity.WARNING,
                    index.name().sql(),
                    "no captured plan in the state " + use.state() + " uses it"
                            + other.map(text -> "; it stays for: " + text).orElse(""),
                    other.isPresent() ? "" : "drop it online, or say in the plan what it enforces or supports"));
        }
    }
}
