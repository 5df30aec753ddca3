package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.Relation.Filled;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rules about keys, which look past policies at the rows of all tenants. */
final class KeyRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "unique-across-tenants",
                    Severity.ERROR,
                    new Page(
                            "A key of a table of tenants is unique across tenants: it lacks the tenant column. One tenant's key blocks"
                                    + " another's row, and the error tells that somebody has it; keys are checked past every policy. A"
                                    + " warning when the key comes from a sequence and the application may give one of its own. A key"
                                    + " with a uuid, or one that the application cannot give, is no probe: it cannot be guessed.",
                            "Make it unique a tenant: put the tenant column first.",
                            "PostgreSQL's manual: Row Security Policies, \"covert channel\"."),
                    KeyRules::unique),
            new AuditRule(
                    "foreign-key-across-tenants",
                    Severity.ERROR,
                    new Page(
                            "A foreign key between tables of tenants leaves the tenant column out: a row of one tenant can refer to a row"
                                    + " of another, which tells that it exists, keeps it from being deleted, or is deleted with it. Foreign"
                                    + " keys are checked past every policy. A warning when the key has a uuid, which cannot be guessed, or"
                                    + " the application cannot write it: a mistake still ties two tenants together.",
                            "A key of both: FOREIGN KEY (tenant, id) REFERENCES table (tenant, id), which needs a unique key of both.",
                            "PostgreSQL's manual: Row Security Policies, \"referential integrity checks\"."),
                    KeyRules::references),
            new AuditRule(
                    "tenant-column-without-index",
                    Severity.INFO,
                    new Page(
                            "No index of a table of tenants begins with the tenant column: every query under its policies reads the rows"
                                    + " of all tenants.",
                            "Create an index that begins with the tenant column, when the table is large.",
                            "PostgreSQL's manual: Multicolumn Indexes."),
                    KeyRules::unindexed));

    private KeyRules() {}

    private static Stream<Found> unique(Examination database) {
        return database.snapshot().schema().keys().stream()
                .filter(key -> !key.columns().contains(database.tenantColumn()))
                .flatMap(key -> database
                        .relation(key.table())
                        .filter(table -> database.isTenantTable(table) && !database.isPart(table))
                        .flatMap(table -> Probe.of(database, table, key.columns())
                                .severity()
                                .map(severity -> shared(database, table, key).weighing(severity)))
                        .stream());
    }

    private static Found shared(Examination database, Relation table, KeyFacts key) {
        String columns = Identifier.quote(database.tenantColumn()) + ", " + key.text();
        String name = Identifier.quote(key.name());
        return Found.of(
                table.name().sql(),
                "the key " + name + " (" + key.text()
                        + ") is unique across tenants: one tenant's value blocks another's, and"
                        + " tells that it is there",
                "create unique index concurrently ... on " + table.name().sql() + " (" + columns + ");\n"
                        + (key.constraint()
                                ? "alter table " + table.name().sql() + " drop constraint " + name + ";"
                                : "drop index concurrently " + name + ";"));
    }

    private static Stream<Found> references(Examination database) {
        return database.snapshot().schema().references().stream()
                .filter(reference -> !reference.columns().contains(database.tenantColumn()))
                .flatMap(reference -> Stream.of(reference)
                        .flatMap(each -> database.relation(each.table()).stream())
                        .filter(table -> database.isTenantTable(table) && !database.isPart(table))
                        .filter(table -> database.relation(reference.target())
                                .filter(database::isTenantTable)
                                .isPresent())
                        .map(table -> crossing(database, table, reference)));
    }

    private static Found crossing(Examination database, Relation table, KeyFacts.Reference reference) {
        Relation target = database.relation(reference.target()).orElseThrow();
        boolean guessable = Probe.of(database, table, reference.columns()).isProbe();
        List<String> columns = new ArrayList<>(List.of(database.tenantColumn()));
        columns.addAll(reference.columns());
        List<String> targets = new ArrayList<>(List.of(database.tenantColumn()));
        targets.addAll(reference.targetColumns());
        Found found = Found.of(
                table.name().sql(),
                "the foreign key " + Identifier.quote(reference.name()) + " ("
                        + listed(reference.columns()) + ") lets a row of one tenant refer to a row of another in "
                        + target.name().sql(),
                "alter table " + table.name().sql() + " add foreign key (" + listed(columns) + ") references "
                        + target.name().sql() + " (" + listed(targets) + ") not valid;");
        if (database.wasHeld(Attempt.Action.PROBE_REFERENCE, table, reference.name())) {
            return Found.of(
                            found.object(),
                            found.message() + "; when it was tried, something refused it",
                            found.remedy())
                    .weighing(Severity.INFO);
        }
        return guessable ? found : found.weighing(Severity.WARNING);
    }

    static String listed(Collection<String> columns) {
        return String.join(", ", columns.stream().map(Identifier::quote).toList());
    }

    private static Stream<Found> unindexed(Examination database) {
        Map<Long, Boolean> led = new TreeMap<>();
        database.snapshot()
                .schema()
                .leading()
                .forEach((table, columns) -> led.put(table, columns.contains(database.tenantColumn())));
        List<String> names = database.tenantTables().stream()
                .filter(table -> !led.getOrDefault(table.oid(), false)
                        && !table.lineage().partition())
                .map(table -> table.name().sql())
                .toList();
        return names.isEmpty()
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        "no index begins with " + Identifier.quote(database.tenantColumn()) + " on "
                                + Examination.some(names),
                        ""));
    }

    /**
     * Whether the application can try values of a key.
     *
     * @param guessable whether values can be guessed
     * @param counted whether they come from a sequence
     * @param given whether the application can write values of its own
     */
    record Probe(boolean guessable, boolean counted, boolean given) {

        static Probe of(Examination database, Relation table, List<String> names) {
            List<Relation.Column> columns =
                    names.stream().flatMap(name -> table.column(name).stream()).toList();
            boolean writes =
                    !database.rolesWith(table, Right.INSERT, Right.UPDATE).isEmpty();
            return new Probe(
                    columns.stream().noneMatch(column -> column.type().startsWith("uuid")),
                    !columns.isEmpty() && columns.stream().allMatch(Probe::isCounted),
                    writes && columns.stream().noneMatch(column -> column.filled() == Filled.ALWAYS));
        }

        private static boolean isCounted(Relation.Column column) {
            return column.filled() == Filled.SEQUENCE || column.filled() == Filled.ALWAYS;
        }

        boolean isProbe() {
            return guessable && given;
        }

        /** What a key that is unique across tenants weighs; empty for nothing. */
        Optional<Severity> severity() {
            if (!isProbe()) {
                return Optional.empty();
            }
            return Optional.of(counted ? Severity.WARNING : Severity.ERROR);
        }
    }
}
