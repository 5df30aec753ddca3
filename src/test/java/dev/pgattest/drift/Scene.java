package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex;
import dev.pgattest.workload.PlannedIndex.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan and a database, as tests say them. Every table is in the schema {@code public}. */
final class Scene {

    private final Map<String, PlannedIndex> plan = new LinkedHashMap<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Set<String> lostTables = new HashSet<>();
    private final List<CatalogIndex> indexes = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<IndexUse.Use> uses = new ArrayList<>();
    private @Nullable Set<QualifiedName> first;
    private boolean asked = true;
    private boolean measured;

    /** An index of the plan: its definition begins with {@code on}, {@code unique on} or {@code add}. */
    Scene planned(Decision decision, String name, String definition) {
        return planned(decision, name, definition, List.of(), "a rule");
    }

    Scene planned(Decision decision, String name, String definition, List<String> serves, String enforces) {
        IndexStatement statement = statement(name, definition);
        QualifiedName table = new QualifiedName(null, statement.table().name());
        plan.put(
                name,
                new PlannedIndex(
                        name,
                        table,
                        statement,
                        new PlannedIndex.Purpose(serves, enforces, "", null, "", null),
                        decision,
                        "because"));
        return this;
    }

    /** An index of the database. */
    Scene has(String name, String definition) {
        return has(name, definition, new CatalogIndex.Standing(true, true, true, false, false));
    }

    Scene has(String name, String definition, CatalogIndex.Standing standing) {
        indexes.add(index(name, definition, standing));
        return this;
    }

    /** A part of a partitioned index. */
    Scene hasPart(String name, String definition, String parent) {
        CatalogIndex index = index(name, definition, new CatalogIndex.Standing(true, true, true, false, false));
        indexes.add(new CatalogIndex(
                index.name(),
                index.table(),
                index.sql(),
                index.definition(),
                index.standing(),
                null,
                new QualifiedName("public", parent),
                false,
                0));
        return this;
    }

    Scene hasPartitioned(String name, String definition, boolean valid) {
        CatalogIndex index = index(name, definition, new CatalogIndex.Standing(valid, true, true, false, false));
        indexes.add(new CatalogIndex(
                index.name(), index.table(), index.sql(), index.definition(), index.standing(), null, null, true, 0));
        return this;
    }

    static CatalogIndex index(String name, String definition, CatalogIndex.Standing standing) {
        IndexStatement statement = statement(name, definition);
        return new CatalogIndex(
                new QualifiedName("public", name),
                new QualifiedName("public", statement.table().name()),
                statement.named(name),
                statement.definition(),
                standing,
                definition.startsWith("add") ? name : null,
                null,
                false,
                8192);
    }

    private static IndexStatement statement(String name, String definition) {
        if (definition.startsWith("add")) {
            return IndexStatement.constraint(name, new QualifiedName(null, "t"), definition.substring("add ".length()))
                    .orThrow();
        }
        String unique = definition.startsWith("unique") ? "unique " : "";
        return IndexStatement.parse("create " + unique + "index " + definition.substring(unique.length()))
                .orThrow();
    }

    Scene foreignKey(String name, String table, String... columns) {
        keys.add(new ForeignKey(
                name, new QualifiedName("public", table), List.of(columns), new QualifiedName("public", "other")));
        return this;
    }

    Scene refused(String name, String reason) {
        refusals.put(name, reason);
        return this;
    }

    Scene withoutTable(String table) {
        lostTables.add(table);
        return this;
    }

    Scene firstStateHas(String... names) {
        Set<QualifiedName> all = new HashSet<>();
        for (String name : names) {
            all.add(new QualifiedName("public", name));
        }
        first = all;
        return this;
    }

    /** The server could not be asked for its words. */
    Scene readOnly() {
        asked = false;
        return this;
    }

    Scene measured() {
        measured = true;
        return this;
    }

    Scene uses(String query, String index) {
        measured = true;
        uses.add(new IndexUse.Use(query, "typical", index));
        return this;
    }

    DriftInput input() {
        List<Counterpart> counterparts =
                plan.values().stream().map(this::counterpart).toList();
        Map<String, Long> sizes = new LinkedHashMap<>();
        indexes.forEach(index -> sizes.put(index.name().name(), index.sizeBytes()));
        Set<String> queries = new HashSet<>(Set.of("Q1"));
        uses.forEach(use -> queries.add(use.query()));
        IndexUse use = measured ? new IndexUse("proven", 1, sizes, uses, queries) : null;
        return new DriftInput(counterparts, indexes, keys, first, use, use);
    }

    private Counterpart counterpart(PlannedIndex planned) {
        QualifiedName table = new QualifiedName("public", planned.table().name());
        Counterpart.Found found = indexes.stream()
                .filter(index ->
                        index.table().equals(table) && index.name().name().equals(planned.name()))
                .findFirst()
                .map(index -> new Counterpart.Found(index, index.definition(), asked))
                .orElse(null);
        return new Counterpart(
                planned,
                lostTables.contains(table.name()) ? null : table,
                planned.statement().definition(),
                refusals.get(planned.name()),
                found);
    }

    List<ObjectFinding> findings() {
        return Drift.findings(input());
    }

    /** Severity, rule and object of each finding. */
    List<String> found() {
        return findings().stream()
                .map(finding -> finding.severity().word() + " " + finding.rule() + " " + finding.object())
                .toList();
    }
}
