package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexComparison.Relation;
import dev.pgattest.schema.IndexConflict;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.schema.Redundancy;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the database's indexes are beside each other. */
final class IndexSetRules {

    private final DriftInput input;
    private final List<ObjectFinding> findings = new ArrayList<>();

    IndexSetRules(DriftInput input) {
        this.input = input;
    }

    List<ObjectFinding> findings() {
        input.indexes().stream()
                .filter(index -> !index.standing().valid() || !index.standing().live())
                .forEach(this::invalid);
        // Only indexes of one table have to do with each other.
        Map<QualifiedName, List<CatalogIndex>> tables = input.whole().stream()
                .collect(Collectors.groupingBy(CatalogIndex::table, LinkedHashMap::new, Collectors.toList()));
        for (List<CatalogIndex> indexes : tables.values()) {
            Redundancy.among(indexes).forEach(this::redundant);
            indexes.forEach(narrow -> indexes.forEach(wide -> conflict(narrow, wide)));
        }
        return findings;
    }

    private void invalid(CatalogIndex index) {
        String name = index.name().sql();
        if (index.partitioned()) {
            findings.add(DriftRule.INVALID.of(
                    name,
                    "no query uses it, because a partition of " + index.table().sql() + " lacks its part",
                    "build the missing parts concurrently and attach them: alter index " + name
                            + " attach partition ..."));
            return;
        }
        String writes = index.standing().ready() ? "every write maintains it, " : "";
        findings.add(DriftRule.INVALID.of(
                name,
                writes + "and no query uses it: its build did not end",
                index.definition().backing() == Backing.NONE
                        ? "when pg_stat_progress_create_index shows no builder: reindex index concurrently " + name
                        : "when pg_stat_progress_create_index shows no builder: reindex index " + name));
    }

    private void redundant(Redundancy redundancy) {
        CatalogIndex index = redundancy.index();
        CatalogIndex other = redundancy.other();
        boolean same = redundancy.comparison().relation() == Relation.EQUAL;
        findings.add((same ? DriftRule.DUPLICATE : DriftRule.REDUNDANT)
                .of(
                        index.name().sql(),
                        (same ? "the same as " : "redundant beside ")
                                + other.name().sql() + ": "
                                + redundancy.comparison().reason(),
                        index.owningConstraint()
                                .map(name -> "drop the constraint " + name + " after the foreign keys that refer to it")
                                .orElse("drop index concurrently "
                                        + index.name().sql())));
    }

    private void conflict(CatalogIndex narrow, CatalogIndex wide) {
        boolean comparable = !narrow.name().equals(wide.name())
                && narrow.definition().isUnique()
                && narrow.definition().backing() != Backing.PRIMARY_KEY;
        if (!comparable) {
            return;
        }
        boolean planned = input.planOf(narrow)
                .filter(each -> each.planned().decision().isWanted())
                .isPresent();
        IndexConflict.of(narrow.definition(), wide.definition())
                .ifPresent(conflict -> findings.add(DriftRule.CONFLICT.of(
                        planned ? Severity.WARNING : Severity.ERROR,
                        narrow.name().sql(),
                        conflict.reason() + ": " + wide.name().sql() + " decides nothing",
                        "keep the one whose rule holds and drop the other")));
    }
}
