package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.drift.Counterpart.Agreement;
import dev.pgattest.drift.Counterpart.Found;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex;
import dev.pgattest.workload.PlannedIndex.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the plan says and what the database has. */
final class PlanRules {

    private final DriftInput input;

    /** Indexes that the plan has under another name. */
    private final Map<Counterpart, CatalogIndex> renamed = new HashMap<>();

    private final List<ObjectFinding> findings = new ArrayList<>();

    PlanRules(DriftInput input) {
        this.input = input;
        for (Counterpart each : input.plan()) {
            if (each.planned().decision().isWanted()
                    && each.existing().isEmpty()
                    && namesake(each).isEmpty()) {
                sameUnderAnotherName(each).ifPresent(index -> renamed.put(each, index));
            }
        }
    }

    List<ObjectFinding> findings() {
        for (Counterpart each : input.plan()) {
            // What is deferred may wait for its columns.
            each.refusedBecause()
                    .filter(reason -> each.planned().decision() != Decision.DEFER)
                    .ifPresent(reason ->
                            add(DriftRule.REFUSED, each, "the server refuses it: " + reason, "correct the definition"));
            checkDecision(each);
            if (each.planned().decision().isWanted()) {
                each.existing().ifPresentOrElse(found -> compare(each, found), () -> missing(each));
            } else {
                each.existing().ifPresent(found -> unwanted(each, found.index()));
            }
        }
        input.whole().stream()
                .filter(index -> input.planOf(index).isEmpty() && !renamed.containsValue(index))
                .forEach(this::extra);
        return findings;
    }

    private void missing(Counterpart each) {
        Optional<CatalogIndex> namesake = namesake(each);
        CatalogIndex same = renamed.get(each);
        if (namesake.isPresent()) {
            add(
                    DriftRule.NAME_TAKEN,
                    each,
                    "an index of this name is on " + namesake.get().table().sql() + ", not on "
                            + each.planned().table().sql(),
                    "rename one of them");
        } else if (same != null) {
            add(
                    DriftRule.RENAMED,
                    each,
                    "the database has it as " + same.name().sql(),
                    "alter index " + same.name().sql() + " rename to "
                            + Identifier.quote(each.planned().name()));
        } else {
            String why = each.existingTable()
                    .map(table -> table.sql() + " has no such index")
                    .orElse("the table " + each.planned().table().sql() + " does not exist");
            add(
                    DriftRule.MISSING,
                    each,
                    why + purpose(each.planned()),
                    each.existingTable().isPresent()
                            ? online(each)
                            : "bring the database to the state that has the table");
        }
    }

    private static String purpose(PlannedIndex planned) {
        PlannedIndex.Purpose purpose = planned.purpose();
        if (!purpose.serves().isEmpty()) {
            return "; it is to serve " + String.join(", ", purpose.serves());
        }
        if (!purpose.enforces().isEmpty()) {
            return "; it is to enforce: " + purpose.enforces();
        }
        return purpose.supports().isEmpty() ? "" : "; it is to support: " + purpose.supports();
    }

    /** The statement that makes it while others write; a constraint's is for a moment without traffic. */
    private static String online(Counterpart each) {
        IndexStatement statement = each.planned().statement();
        String sql = statement.named(each.planned().name());
        return sql.startsWith("create") ? sql.replaceFirst(" index ", " index concurrently ") : sql;
    }

    private Optional<CatalogIndex> namesake(Counterpart each) {
        QualifiedName table = each.table();
        return table == null
                ? Optional.empty()
                : input.indexes().stream()
                        .filter(index -> index.name()
                                .equals(new QualifiedName(
                                        table.schema(), each.planned().name())))
                        .findFirst();
    }

    private Optional<CatalogIndex> sameUnderAnotherName(Counterpart each) {
        return input.whole().stream()
                .filter(index -> input.planOf(index).isEmpty() && isSame(each, index))
                .findFirst();
    }

    private static boolean isSame(Counterpart each, CatalogIndex index) {
        return index.table().equals(each.table())
                && index.definition().withoutCasts().equals(each.definition().withoutCasts());
    }

    private void extra(CatalogIndex index) {
        IndexUse use = input.use();
        String cases = use == null ? "" : use.casesOf(index.name().name());
        findings.add(DriftRule.EXTRA.of(
                index.name().sql(),
                "the plan does not know it: " + index.sql()
                        + (cases.isEmpty() ? "" : "; captured plans use it: " + cases),
                !cases.isEmpty() || index.definition().isUnique()
                        ? "enter it into the plan with what it serves, enforces or supports"
                        : "enter it into the plan, or " + drop(index)));
    }

    private void unwanted(Counterpart each, CatalogIndex index) {
        DriftRule rule = each.planned().decision() == Decision.DROP ? DriftRule.UNDROPPED : DriftRule.DEFERRED;
        add(
                rule,
                each,
                "the plan's decision is " + each.planned().decision().word() + ": "
                        + each.planned().rationale(),
                drop(index));
    }

    private static String drop(CatalogIndex index) {
        return index.owningConstraint()
                .map(name -> "alter table " + index.table().sql() + " drop constraint " + Identifier.quote(name))
                .orElse("drop index concurrently " + index.name().sql());
    }

    private void compare(Counterpart each, Found found) {
        Agreement agreement = each.agreement(found);
        if (agreement == Agreement.SAME) {
            return;
        }
        String both = "\n  plan:     "
                + each.planned().statement().named(each.planned().name()) + "\n  database: "
                + found.index().sql() + constraint(found.index());
        switch (agreement) {
            case RESPELLED ->
                add(
                        DriftRule.RESPELLED,
                        each,
                        "the index and the plan are good for the same and differ:" + both,
                        "correct the plan, or rebuild the index");
            case UNCERTAIN ->
                add(DriftRule.UNCERTAIN, each, "the index and the plan differ in casts alone:" + both, "");
            default ->
                add(
                        DriftRule.DIFFERENT,
                        each,
                        "the index is not the planned one:" + both,
                        "replace it online, or correct the plan");
        }
    }

    private static String constraint(CatalogIndex index) {
        return index.owningConstraint()
                .map(name -> " (owned by the "
                        + index.definition()
                                .backing()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' ') + " constraint " + name + ")")
                .orElse("");
    }

    private void checkDecision(Counterpart each) {
        Set<QualifiedName> first = input.firstState();
        if (first == null) {
            return;
        }
        boolean inFirst = first.stream().anyMatch(name -> isNamed(name, each));
        Decision decision = each.planned().decision();
        boolean expected = decision == Decision.KEEP || decision == Decision.DROP;
        if (expected != inFirst) {
            String right = decision.isWanted() ? (inFirst ? "keep" : "create") : (inFirst ? "drop" : "defer");
            add(
                    DriftRule.DECISION,
                    each,
                    "the decision is " + decision.word() + ", and the first state "
                            + (inFirst ? "has it" : "does not have it"),
                    "decision: " + right);
        }
    }

    /** Where the table is gone, its schema is what the plan says, if it says one. */
    private static boolean isNamed(QualifiedName index, Counterpart each) {
        String schema = each.existingTable().orElse(each.planned().table()).schema();
        return index.name().equals(each.planned().name()) && (schema == null || schema.equals(index.schema()));
    }

    private void add(DriftRule rule, Counterpart each, String message, String remedy) {
        findings.add(rule.of(each.object(), message, remedy));
    }
}
