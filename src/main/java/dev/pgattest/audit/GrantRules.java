package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about rights that row-level security does not look at, and about tables that all tenants share. */
final class GrantRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "truncate-granted",
                    Severity.ERROR,
                    new Page(
                            "The application may TRUNCATE a table of tenants. Row-level security does not apply to TRUNCATE: it empties"
                                    + " the table of all tenants.",
                            "REVOKE TRUNCATE.",
                            "PostgreSQL's manual: Row Security Policies, \"operations that apply to the whole table\"."),
                    database -> granted(
                            database,
                            Right.TRUNCATE,
                            "may TRUNCATE it: that empties it of all tenants' rows, past every policy")),
            new AuditRule(
                    "references-granted",
                    Severity.WARNING,
                    new Page(
                            "The application may refer to a table of tenants with foreign keys of its own. Row-level security does not"
                                    + " apply to REFERENCES: a foreign key tells whether a key exists, whoever it belongs to.",
                            "REVOKE REFERENCES.",
                            "PostgreSQL's manual: Row Security Policies."),
                    database -> granted(
                            database,
                            Right.REFERENCES,
                            "may make foreign keys to it, which tell whether a key of another tenant exists")),
            new AuditRule(
                    "trigger-granted",
                    Severity.ERROR,
                    new Page(
                            "The application may make triggers on a table of tenants. They run with the rights of whoever changes the"
                                    + " table next, an administrator too.",
                            "REVOKE TRIGGER.",
                            "PostgreSQL's manual: Privileges; CREATE TRIGGER."),
                    database -> granted(
                            database,
                            Right.TRIGGER,
                            "may make triggers on it, which run with the rights of whoever changes it")),
            new AuditRule(
                    "granted-to-public",
                    Severity.WARNING,
                    new Page(
                            "PUBLIC has rights on a table of tenants, so every role of the server has them, those to come too; policies"
                                    + " for named roles do not hold it back where a policy for all roles admits something.",
                            "REVOKE ... FROM PUBLIC, and grant to roles by name.",
                            "PostgreSQL's manual: Privileges."),
                    GrantRules::toPublic),
            new AuditRule(
                    "table-refers-to-tenants-rows",
                    Severity.WARNING,
                    new Page(
                            "A table without the tenant column refers to rows of tenants, so its rows belong to tenants too, and no"
                                    + " row-level security guards them from the application.",
                            "Add the tenant column and policies, or a policy by way of the row that it refers to.",
                            "PostgreSQL's manual: Row Security Policies."),
                    GrantRules::unmarked),
            new AuditRule(
                    "tenants-listed",
                    Severity.WARNING,
                    new Page(
                            "The table that the tenant column refers to has one row a tenant, and the application reads it without"
                                    + " row-level security: every tenant can list all others, with the columns that it may read.",
                            "Enable and force row-level security on it, with a policy that compares its key with the setting.",
                            "PostgreSQL's manual: Row Security Policies."),
                    GrantRules::roots),
            new AuditRule(
                    "shared-table-written",
                    Severity.WARNING,
                    new Page(
                            "The application writes a table that has no tenant column and no row-level security: what one tenant writes,"
                                    + " all others see.",
                            "REVOKE INSERT, UPDATE, DELETE where only administrators write; otherwise add the tenant column and"
                                    + " policies.",
                            "PostgreSQL's manual: Privileges."),
                    GrantRules::sharedWritten),
            new AuditRule(
                    "shared-tables",
                    Severity.INFO,
                    new Page(
                            "Tables without the tenant column and without row-level security that the application reads: the same for"
                                    + " every tenant.",
                            "Nothing, when they are reference data. Look whether one of them holds what belongs to a tenant.",
                            "PostgreSQL's manual: Row Security Policies."),
                    GrantRules::shared));

    private GrantRules() {}

    private static Stream<Found> granted(Examination database, Right right, String message) {
        return database.tenantTables().stream()
                .filter(table -> !database.rolesWith(table, right).isEmpty())
                .flatMap(table -> {
                    // Owners and superusers have it anyway; other rules speak of them.
                    List<String> roles = database.rolesWith(table, right).stream()
                            .filter(role -> database.role(role)
                                    .filter(each -> !each.superuser())
                                    .isPresent())
                            .filter(role -> database.reach(role, table.owner())
                                    .filter(RoleFacts.Reach::inherits)
                                    .isEmpty())
                            .toList();
                    return roles.isEmpty()
                            ? Stream.empty()
                            : Stream.of(Found.of(
                                    table.name().sql(),
                                    Examination.quoted(roles) + " " + message,
                                    "revoke " + right.word() + " on "
                                            + table.name().sql() + " from " + Examination.quoted(roles) + ";"));
                });
    }

    private static Stream<Found> toPublic(Examination database) {
        return database.snapshot().access().given().stream()
                .filter(grant -> grant.grantee().isEmpty())
                .flatMap(grant -> database
                        .relation(grant.relation())
                        .filter(database::isTenantTable)
                        .map(table -> Found.of(
                                table.name().sql(),
                                "every role may " + words(grant.rights()) + " it",
                                "revoke all on " + table.name().sql() + " from public;"))
                        .stream());
    }

    static String words(Set<Right> rights) {
        return rights.stream().sorted().map(Right::word).collect(Collectors.joining(", "));
    }

    /** Whom something was granted to, as SQL writes it. */
    static String grantees(Collection<Grant.Given> given) {
        return new TreeSet<>(given.stream()
                        .map(grant -> grant.grantee().isEmpty() ? "public" : Identifier.quote(grant.grantee()))
                        .toList())
                .stream().collect(Collectors.joining(", "));
    }

    /** Tables that hold no tenant column, that no policy guards and that the application has a right on. */
    private static Stream<Relation> unguarded(Examination database, Right... rights) {
        return database.relations().stream()
                .filter(table -> table.isTable()
                        && !table.lineage().partition()
                        && !database.hasTenant(table)
                        && !table.security().enabled())
                .filter(table -> !database.rolesWith(table, rights).isEmpty());
    }

    /** Whether the tenant column of some table refers to it. */
    private static boolean isRoot(Examination database, Relation table) {
        return database.snapshot().schema().references().stream()
                .anyMatch(reference -> reference.target() == table.oid()
                        && reference.columns().equals(List.of(database.tenantColumn())));
    }

    private static Stream<KeyFacts.Reference> toTenantRows(Examination database, Relation table) {
        return database.snapshot().schema().references().stream()
                .filter(reference -> reference.table() == table.oid())
                .filter(reference -> database.relation(reference.target())
                        .filter(database::isTenantTable)
                        .isPresent());
    }

    private static Stream<Found> unmarked(Examination database) {
        return unguarded(database, Right.SELECT, Right.INSERT, Right.UPDATE, Right.DELETE)
                .flatMap(table -> toTenantRows(database, table)
                        .limit(1)
                        .map(reference -> Found.of(
                                table.name().sql(),
                                "its rows refer to "
                                        + database.relation(reference.target())
                                                .map(target -> target.name().sql())
                                                .orElse("")
                                        + ", whose rows belong to tenants, and nothing guards them",
                                "alter table " + table.name().sql() + " add column "
                                        + Identifier.quote(database.tenantColumn())
                                        + " ...;\n-- fill it, then a policy as"
                                        + " on the table that it refers to")));
    }

    private static Stream<Found> roots(Examination database) {
        return unguarded(database, Right.SELECT)
                .filter(table -> isRoot(database, table))
                .map(table -> Found.of(
                        table.name().sql(),
                        Examination.quoted(database.rolesWith(table, Right.SELECT))
                                + " reads one row of every tenant here: each tenant can list all others",
                        "alter table " + table.name().sql() + " enable row level security;\nalter table "
                                + table.name().sql() + " force row level security;\n-- and a policy that compares its"
                                + " key with "
                                + database.scope().setting().orElse("the tenant's setting")));
    }

    private static Stream<Found> sharedWritten(Examination database) {
        return unguarded(database, Right.INSERT, Right.UPDATE, Right.DELETE)
                .filter(table -> toTenantRows(database, table).findAny().isEmpty())
                .map(table -> Found.of(
                        table.name().sql(),
                        Examination.quoted(database.rolesWith(table, Right.INSERT, Right.UPDATE, Right.DELETE))
                                + " writes here what all other tenants see",
                        "revoke insert, update, delete on " + table.name().sql() + " from "
                                + Examination.quoted(
                                        database.rolesWith(table, Right.INSERT, Right.UPDATE, Right.DELETE))
                                + ";"));
    }

    private static Stream<Found> shared(Examination database) {
        List<String> names = unguarded(database, Right.SELECT)
                .filter(table -> !isRoot(database, table)
                        && toTenantRows(database, table).findAny().isEmpty())
                .map(table -> table.name().sql())
                .sorted()
                .toList();
        return names.isEmpty()
                ? Stream.empty()
                : Stream.of(Found.of("", "the same for every tenant: " + Examination.some(names), ""));
    }
}
