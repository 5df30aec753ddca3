package dev.pgattest.audit;

import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.Relation.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is to try as the application against the rows of another tenant.
 *
 * @param tables tables of tenants, for each role of the application
 * @param sights views and functions that show the application rows of such tables
 */
public record ProofPlan(List<TableTrial> tables, List<SightTrial> sights) {

    public ProofPlan {
        tables = List.copyOf(tables);
        sights = List.copyOf(sights);
    }

    /**
     * A table as one role.
     *
     * @param table with the tenant column
     * @param role of the application
     * @param rights that it has
     * @param keys unique keys without the tenant column, where the role may write
     * @param references foreign keys to other tables of tenants, where the role may write
     */
    public record TableTrial(
            Relation table, String role, Set<Right> rights, List<KeyTrial> keys, List<ReferenceTrial> references) {
        public TableTrial {
            rights = Set.copyOf(rights);
            keys = List.copyOf(keys);
            references = List.copyOf(references);
        }
    }

    /** A unique key, and whether its values can be guessed. */
    public record KeyTrial(KeyFacts key, boolean guessable) {}

    /** A foreign key, the table that it refers to, and whether values can be guessed. */
    public record ReferenceTrial(KeyFacts.Reference reference, Relation target, boolean guessable) {}

    /**
     * Something that shows rows, as one role.
     *
     * @param object as SQL writes it
     * @param source what stands after FROM to read it
     * @param role of the application
     * @param hasTenant whether it shows the tenant column
     * @param tables of tenants that it may take rows from
     * @param stored materialized views that are to be refreshed before it is read, in order
     * @param written the view, when the role may insert into the table below it
     */
    public record SightTrial(
            String object,
            String source,
            String role,
            boolean hasTenant,
            List<Relation> tables,
            List<Relation> stored,
            Optional<Relation> written) {
        public SightTrial {
            tables = List.copyOf(tables);
            stored = List.copyOf(stored);
        }
    }

    /** What there is to try in a database. */
    public static ProofPlan of(AuditSnapshot snapshot) {
        Examination database = new Examination(snapshot, List.of());
        List<TableTrial> tables = database.tenantTables().stream()
                // Who has no right on a part reaches it through its parent alone, which is tried.
                .filter(table -> !database.isPart(table)
                        || !database.rolesWith(table, Right.values()).isEmpty())
                .flatMap(table -> database.applicationRoles().stream().map(role -> table(database, table, role)))
                .toList();
        Stream<SightTrial> views = database.relations().stream()
                .filter(view -> view.kind() == Kind.VIEW || view.kind() == Kind.MATERIALIZED_VIEW)
                .flatMap(view ->
                        database.rolesWith(view, Right.SELECT).stream().map(role -> view(database, view, role)));
        Stream<SightTrial> routines = snapshot.access().routines().stream()
                .filter(routine -> routine.body().kind() == RoutineFacts.Kind.FUNCTION && routine.callable())
                .flatMap(
                        routine -> routine.executors().stream().sorted().map(role -> routine(database, routine, role)));
        return new ProofPlan(
                tables,
                Stream.concat(views, routines)
                        .filter(sight -> !sight.tables().isEmpty())
                        .toList());
    }

    private static TableTrial table(Examination database, Relation table, String role) {
        Set<Right> rights = database.rights(role, table);
        boolean writes = rights.contains(Right.INSERT);
        List<KeyTrial> keys = database.snapshot().schema().keys().stream()
                .filter(key ->
                        writes && key.table() == table.oid() && !key.columns().isEmpty())
                .filter(key -> !key.columns().contains(database.tenantColumn()))
                .map(key -> new KeyTrial(
                        key, KeyRules.Probe.of(database, table, key.columns()).isProbe()))
                .toList();
        List<ReferenceTrial> references = database.snapshot().schema().references().stream()
                .filter(reference -> writes && reference.table() == table.oid() && reference.target() != table.oid())
                .flatMap(reference -> database
                        .relation(reference.target())
                        .filter(database::isTenantTable)
                        .map(target -> new ReferenceTrial(
                                reference,
                                target,
                                KeyRules.Probe.of(database, table, reference.columns())
                                        .isProbe()))
                        .stream())
                .toList();
        return new TableTrial(table, role, rights, keys, references);
    }

    private static SightTrial view(Examination database, Relation view, String role) {
        Set<Relation> tables = new LinkedHashSet<>();
        Set<Relation> stored = new LinkedHashSet<>();
        collect(database, view, tables, stored);
        boolean writes = view.view().insertable()
                && tables.size() == 1
                && database.rights(role, view).contains(Right.INSERT)
                && database.hasTenant(view);
        return new SightTrial(
                view.name().sql(),
                view.name().sql(),
                role,
                database.hasTenant(view),
                List.copyOf(tables),
                List.copyOf(stored),
                writes ? Optional.of(view) : Optional.empty());
    }

    /** What a view reads is stored before it is. */
    private static void collect(Examination database, Relation view, Set<Relation> tables, Set<Relation> stored) {
        database.snapshot().schema().bases().getOrDefault(view.oid(), Set.of()).stream()
                .sorted()
                .flatMap(base -> database.relation(base).stream())
                .forEach(base -> {
                    if (database.isTenantTable(base)) {
                        tables.add(base);
                    } else if (!base.isTable()) {
                        collect(database, base, tables, stored);
                    }
                });
        if (view.kind() == Kind.MATERIALIZED_VIEW) {
            stored.add(view);
        }
    }

    private static SightTrial routine(Examination database, RoutineFacts routine, String role) {
        Set<String> mentioned = RoutineText.of(routine).mentioned(database.tenantTables());
        return new SightTrial(
                routine.signature(),
                routine.name().sql() + "()",
                role,
                false,
                database.tenantTables().stream()
                        .filter(table -> mentioned.contains(table.name().sql()))
                        .toList(),
                List.of(),
                Optional.empty());
    }
}
