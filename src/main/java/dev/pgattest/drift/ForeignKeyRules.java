package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Foreign keys that no index serves. */
final class ForeignKeyRules {

    private final DriftInput input;

    ForeignKeyRules(DriftInput input) {
        this.input = input;
    }

    List<ObjectFinding> findings() {
        Map<QualifiedName, List<CatalogIndex>> tables =
                input.indexes().stream().collect(Collectors.groupingBy(CatalogIndex::table));
        return input.foreignKeys().stream()
                .filter(key ->
                        tables.getOrDefault(key.table(), List.of()).stream().noneMatch(key::isServedBy))
                .map(this::finding)
                .toList();
    }

    private ObjectFinding finding(ForeignKey key) {
        String columns = key.columns().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        String message =
                "no valid index begins with " + columns + ", which the foreign key " + Identifier.quote(key.name())
                        + " to " + key.referenced().sql() + " has: deleting a referenced row reads the whole table";
        Optional<Counterpart> decided = input.plan().stream()
                .filter(each -> !each.planned().decision().isWanted())
                .filter(each -> key.table().equals(each.table()) && key.isServedBy(each.definition()))
                .findFirst();
        return decided.map(each -> DriftRule.FOREIGN_KEY_WITHOUT_INDEX.of(
                        Severity.INFO,
                        key.table().sql(),
                        message + "; the plan's decision for "
                                + Identifier.quote(each.planned().name()) + " is "
                                + each.planned().decision().word() + ": "
                                + each.planned().rationale(),
                        ""))
                .orElseGet(() -> DriftRule.FOREIGN_KEY_WITHOUT_INDEX.of(
                        key.table().sql(),
                        message,
                        "create index concurrently on " + key.table().sql() + " (" + columns + ")"));
    }
}
