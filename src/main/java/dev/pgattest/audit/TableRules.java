package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.PolicyFacts.Command;
import dev.pgattest.audit.Relation.Kind;
import dev.pgattest.sql.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about which tables row-level security guards. */
final class TableRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "tenant-table-without-rls",
                    Severity.ERROR,
                    new Page(
                            "A table with the tenant column on which row-level security is off. Policies on it, if there are any, do"
                                    + " nothing: every role that may read the table reads the rows of all tenants.",
                            "Enable and force row-level security and make a policy.",
                            "PostgreSQL's manual: Row Security Policies."),
                    TableRules::off),
            new AuditRule(
                    "row-security-not-forced",
                    Severity.ERROR,
                    new Page(
                            "The owner of a table, and every role that inherits the owner's rights, does not obey its policies."
                                    + " Programs, migrations and views often run as the owner. FORCE makes the owner obey; superusers and"
                                    + " roles with BYPASSRLS obey no policy, forced or not.",
                            "ALTER TABLE ... FORCE ROW LEVEL SECURITY.",
                            "PostgreSQL's manual: ALTER TABLE, FORCE ROW LEVEL SECURITY."),
                    TableRules::notForced),
            new AuditRule(
                    "no-policy-for-command",
                    Severity.WARNING,
                    new Page(
                            "The application has the right to a command on a table, and no permissive policy admits a row for it. The"
                                    + " command finds nothing, or is refused; with no policy at all, nobody sees anything.",
                            "Make a policy for the command, or revoke the right.",
                            "PostgreSQL's manual: CREATE POLICY; \"a default-deny policy is used\"."),
                    TableRules::withoutPolicy),
            new AuditRule(
                    "part-without-row-security",
                    Severity.ERROR,
                    new Page(
                            "A partition or child of a guarded table that row-level security does not guard, and that somebody has a"
                                    + " right on. Policies of the parent hold for what goes through the parent; whoever names the"
                                    + " partition meets only the partition's own.",
                            "Revoke all rights on partitions and children, or give them policies of their own.",
                            "PostgreSQL's manual: CREATE TABLE, PARTITION OF; rewriteHandler.c takes policies from the relation that"
                                    + " the query names."),
                    TableRules::openParts),
            new AuditRule(
                    "parent-shows-tenant-rows",
                    Severity.ERROR,
                    new Page(
                            "A table without the tenant column has children that have it. Whoever reads the parent reads the rows of the"
                                    + " children too, and only the parent's policies hold.",
                            "Give the parent the tenant column and policies, or read the children alone.",
                            "PostgreSQL's manual: Inheritance; Row Security Policies."),
                    TableRules::looseParents),
            new AuditRule(
                    "foreign-table-without-row-security",
                    Severity.ERROR,
                    new Page(
                            "A foreign table with the tenant column. Foreign tables have no row-level security: who may read it reads"
                                    + " what the user mapping's role reads on the other server.",
                            "Grant nothing on it; give programs a view with security_barrier that picks out their rows.",
                            "PostgreSQL's manual: ALTER FOREIGN TABLE has no ROW LEVEL SECURITY."),
                    TableRules::foreign),
            new AuditRule(
                    "tenant-column-nullable",
                    Severity.WARNING,
                    new Page(
                            "The tenant column accepts NULL. A row without a tenant is nobody's: a comparison never finds it, IS NOT"
                                    + " DISTINCT FROM and a policy that treats NULL as shared show it to everybody.",
                            "ALTER TABLE ... ALTER COLUMN ... SET NOT NULL.",
                            "PostgreSQL's manual: Comparison Functions and Operators."),
                    TableRules::nullable));

    private TableRules() {}

    private static Stream<Found> off(Examination database) {
        return database.tenantTables().stream()
                .filter(table -> !table.security().enabled() && !database.isPart(table))
                .map(table -> Found.of(
                        table.name().sql(),
                        "row-level security is off"
                                + (database.policies(table).isEmpty()
                                        ? ""
                                        : ", its " + database.policies(table).size() + " policies do nothing")
                                + ": every role that may read the table reads the rows of all tenants"
                                + readers(database, table),
                        enabling(database, table)));
    }

    private static String readers(Examination database, Relation table) {
        List<String> readers = database.rolesWith(table, Right.SELECT);
        return readers.isEmpty() ? "" : " (" + Examination.quoted(readers) + ")";
    }

    static String enabling(Examination database, Relation table) {
        String name = table.name().sql();
        String column = Identifier.quote(database.tenantColumn());
        String setting = database.scope()
                .setting()
                .orElse("app." + database.tenantColumn().toLowerCase(Locale.ROOT));
        String type =
                table.column(database.tenantColumn()).map(Relation.Column::type).orElse("text");
        String enabled = "alter table " + name + " enable row level security;\nalter table " + name
                + " force row level security;";
        return database.policies(table).isEmpty()
                ? enabled + "\ncreate policy tenant_isolation on " + name + "\n    using (" + column
                        + " = (select current_setting('" + setting + "'))" + (type.equals("text") ? "" : "::" + type)
                        + ");"
                : enabled;
    }

    private static Stream<Found> notForced(Examination database) {
        return database.tenantTables().stream()
                .filter(table -> table.security().enabled() && !table.security().forced())
                .map(table -> Found.of(
                        table.name().sql(),
                        "its owner " + Identifier.quote(table.owner()) + " obeys no policy"
                                + heirs(database, table.owner()),
                        "alter table " + table.name().sql() + " force row level security;"));
    }

    private static String heirs(Examination database, String owner) {
        List<String> heirs = database.applicationRoles().stream()
                .filter(role -> database.reach(role, owner)
                        .filter(RoleFacts.Reach::inherits)
                        .isPresent())
                .toList();
        return heirs.isEmpty()
                ? ", nor do views and functions of that owner"
                : ", and the application is the owner, or has the owner's rights: " + Examination.quoted(heirs);
    }

    private static Stream<Found> withoutPolicy(Examination database) {
        return database.tenantTables().stream()
                .filter(table -> table.security().enabled())
                .flatMap(table -> lacking(database, table).entrySet().stream()
                        .map(role -> Found.of(
                                table.name().sql(),
                                "no policy admits a row for " + role.getValue() + " by "
                                        + Identifier.quote(role.getKey()) + ", which has the right to",
                                "make a policy for it, or: revoke " + role.getValue() + " on "
                                        + table.name().sql() + " from " + Identifier.quote(role.getKey()) + ";")));
    }

    private static Map<String, String> lacking(Examination database, Relation table) {
        Map<String, String> lacking = new TreeMap<>();
        for (String role : database.applicationRoles()) {
            if (database.isFree(role, table)) {
                continue;
            }
            String commands = Stream.of(Right.SELECT, Right.INSERT, Right.UPDATE, Right.DELETE)
                    .filter(database.rights(role, table)::contains)
                    .filter(right -> database.policies(table).stream()
                            .noneMatch(policy -> policy.permissive()
                                    && policy.isFor(Command.valueOf(right.name()))
                                    && database.applies(policy, role)))
                    .map(Right::word)
                    .collect(Collectors.joining(", "));
            if (!commands.isEmpty()) {
                lacking.put(role, commands);
            }
        }
        return lacking;
    }

    private static Stream<Found> openParts(Examination database) {
        return database.tenantTables().stream()
                .filter(table -> database.isPart(table) && !table.security().enabled())
                .flatMap(table -> {
                    List<Grant.Given> given = database.snapshot().access().given().stream()
                            .filter(grant -> grant.relation() == table.oid())
                            .toList();
                    List<String> readers = database.rolesWith(table, Right.values());
                    if (given.isEmpty() && readers.isEmpty()) {
                        return Stream.empty();
                    }
                    String who = readers.isEmpty() ? GrantRules.grantees(given) : Examination.quoted(readers);
                    return Stream.of(Found.of(
                            table.name().sql(),
                            "no policy holds who names this part of a guarded table itself, as " + who + " may",
                            "revoke all on " + table.name().sql() + " from " + who + ";"));
                });
    }

    private static Stream<Found> looseParents(Examination database) {
        return database.relations().stream()
                .filter(table ->
                        database.isTenantTable(table) && !table.lineage().partition())
                .flatMap(child -> child.lineage().parents().stream()
                        .flatMap(parent -> database.relation(parent).stream())
                        .filter(parent -> !database.hasTenant(parent)
                                && !parent.security().enabled())
                        .filter(parent ->
                                !database.rolesWith(parent, Right.SELECT).isEmpty())
                        .map(parent -> Found.of(
                                parent.name().sql(),
                                Examination.quoted(database.rolesWith(parent, Right.SELECT))
                                        + " reads the rows of its child "
                                        + child.name().sql() + " through it, past the child's policies",
                                "revoke select on " + parent.name().sql() + " from "
                                        + Examination.quoted(database.rolesWith(parent, Right.SELECT)) + ";")));
    }

    private static Stream<Found> foreign(Examination database) {
        return database.relations().stream()
                .filter(table -> table.kind() == Kind.FOREIGN_TABLE && database.hasTenant(table))
                .filter(table -> !database.rolesWith(table, Right.values()).isEmpty())
                .map(table -> Found.of(
                        table.name().sql(),
                        "a foreign table has no row-level security, and "
                                + Examination.quoted(database.rolesWith(table, Right.values()))
                                + " has rights on it: it reads the rows of all tenants",
                        "revoke all on " + table.name().sql() + " from "
                                + Examination.quoted(database.rolesWith(table, Right.values())) + ";"));
    }

    private static Stream<Found> nullable(Examination database) {
        return database.tenantTables().stream()
                .filter(table -> !database.isPart(table))
                .filter(table -> table.column(database.tenantColumn())
                        .filter(column -> !column.notNull())
                        .isPresent())
                .map(table -> Found.of(
                        table.name().sql(),
                        Identifier.quote(database.tenantColumn()) + " accepts NULL, which makes a row nobody's",
                        "alter table " + table.name().sql() + " alter column "
                                + Identifier.quote(database.tenantColumn()) + " set not null;"));
    }
}
