package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.RoleFacts.Reach;
import dev.pgattest.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about which roles no policy holds. */
final class RoleRules {

    /** Their members read or write files of the server, or run programs as it: the tables lie open. */
    private static final Set<String> SERVER_ROLES =
            Set.of("pg_read_server_files", "pg_write_server_files", "pg_execute_server_program");

    private static final int ADMIN_IS_ASKED = 16;

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "application-role-bypasses",
                    Severity.ERROR,
                    new Page(
                            "The application's role is a superuser or has BYPASSRLS: no policy holds it, forced or not.",
                            "Give the application a role of its own, without either.",
                            "PostgreSQL's manual: Row Security Policies; CREATE ROLE."),
                    RoleRules::free),
            new AuditRule(
                    "application-role-becomes-another",
                    Severity.ERROR,
                    new Page(
                            "The application's role can take the place of a role that sees more, by SET ROLE, by rights that it"
                                    + " inherits, or by membership that it can grant to itself: a superuser, a role with BYPASSRLS, a role"
                                    + " that policies show all tenants, or one that reads files of the server.",
                            "REVOKE the membership.",
                            "PostgreSQL's manual: Role Membership; Predefined Roles."),
                    RoleRules::climbing),
            new AuditRule(
                    "application-role-owns-tables",
                    Severity.ERROR,
                    new Page(
                            "The application's role owns tables of tenants, or is a member of their owner: it may switch row-level"
                                    + " security off and drop the policies.",
                            "Let another role own the tables, and grant the application what it needs.",
                            "PostgreSQL's manual: ALTER TABLE, \"You must own the table\"."),
                    RoleRules::owning),
            new AuditRule(
                    "application-role-replicates",
                    Severity.ERROR,
                    new Page(
                            "The application's role has REPLICATION: it can stream the rows of all tables, and policies hold for queries"
                                    + " alone.",
                            "ALTER ROLE ... NOREPLICATION.",
                            "PostgreSQL's manual: CREATE ROLE; Logical Decoding."),
                    RoleRules::replicating),
            new AuditRule(
                    "application-role-creates-roles",
                    Severity.WARNING,
                    new Page(
                            "The application's role has CREATEROLE. Before PostgreSQL 16 it can make itself a member of every role that"
                                    + " is no superuser, the tables' owner too: there it is an error.",
                            "ALTER ROLE ... NOCREATEROLE.",
                            "PostgreSQL's manual: CREATE ROLE; release notes of 16."),
                    RoleRules::creating),
            new AuditRule(
                    "tenant-setting-has-default",
                    Severity.ERROR,
                    new Page(
                            "The tenant's setting has a value from ALTER ROLE or ALTER DATABASE. A session that forgets to say who asks"
                                    + " then works as that tenant, and nothing fails.",
                            "ALTER ROLE ... RESET, ALTER DATABASE ... RESET.",
                            "PostgreSQL's manual: ALTER ROLE, SET configuration_parameter."),
                    RoleRules::defaults),
            new AuditRule(
                    "roles-that-bypass",
                    Severity.INFO,
                    new Page(
                            "Roles that can log in and that no policy holds: superusers and roles with BYPASSRLS. FORCE holds owners,"
                                    + " and none of these.",
                            "Nothing, when they are what administrators and backups use.",
                            "PostgreSQL's manual: Row Security Policies."),
                    RoleRules::bypassing));

    private RoleRules() {}

    private static Stream<RoleFacts> application(Examination database) {
        return database.applicationRoles().stream().flatMap(role -> database.role(role).stream());
    }

    private static Stream<Found> free(Examination database) {
        return application(database).filter(RoleFacts::isFree).map(role -> {
            String attribute = role.superuser() ? "is a superuser" : "has BYPASSRLS";
            return Found.of(
                    Identifier.quote(role.name()),
                    "the application's role " + attribute + ": no policy holds it",
                    "alter role " + Identifier.quote(role.name())
                            + (role.superuser() ? " nosuperuser;" : " nobypassrls;"));
        });
    }

    private static Stream<Found> climbing(Examination database) {
        Map<String, Set<String>> wider = new TreeMap<>();
        database.snapshot().access().roles().forEach(role -> {
            if (role.superuser()) {
                note(wider, role.name(), "is a superuser");
            } else if (role.bypasses()) {
                note(wider, role.name(), "has BYPASSRLS");
            } else if (SERVER_ROLES.contains(role.name())) {
                note(wider, role.name(), "reaches the server's files");
            }
        });
        for (Relation table : database.tenantTables()) {
            database.policies(table).stream()
                    .filter(policy -> policy.permissive()
                            && (!database.openings(policy.using()).isEmpty()
                                    || !database.openings(policy.check()).isEmpty()))
                    .flatMap(policy -> policy.roles().stream())
                    .filter(role -> !database.applicationRoles().contains(role))
                    .forEach(role -> note(wider, role, "is shown rows of all tenants by policies"));
        }
        return application(database)
                .filter(role -> !role.isFree())
                .flatMap(role -> wider.entrySet().stream()
                        .flatMap(target -> database
                                .reach(role.name(), target.getKey())
                                .filter(reach -> reach.inherits() || reach.becomes())
                                .map(reach -> become(role, target.getKey(), target.getValue(), reach))
                                .stream()));
    }

    private static void note(Map<String, Set<String>> wider, String role, String why) {
        wider.computeIfAbsent(role, name -> new TreeSet<>()).add(why);
    }

    private static Found become(RoleFacts role, String target, Set<String> why, Reach reach) {
        String how = reach.inherits() && reach.becomes()
                ? "has the rights of and can SET ROLE to "
                : reach.inherits() ? "has the rights of " : "can SET ROLE to ";
        return Found.of(
                Identifier.quote(role.name()),
                "the application's role " + how + Identifier.quote(target) + ", which " + String.join(", and ", why),
                "revoke " + Identifier.quote(target) + " from " + Identifier.quote(role.name()) + ";");
    }

    private static Stream<Found> owning(Examination database) {
        return application(database).filter(role -> !role.superuser()).flatMap(role -> {
            Map<String, List<Relation>> owned = new TreeMap<>(database.tenantTables().stream()
                    .filter(table -> database.reach(role.name(), table.owner())
                            .filter(reach -> reach.inherits() || reach.becomes())
                            .isPresent())
                    .collect(Collectors.groupingBy(Relation::owner)));
            return owned.entrySet().stream().map(owner -> owned(role.name(), owner.getKey(), owner.getValue()));
        });
    }

    private static Found owned(String role, String owner, Collection<Relation> tables) {
        List<String> names = tables.stream().map(table -> table.name().sql()).toList();
        boolean self = role.equals(owner);
        return Found.of(
                Identifier.quote(role),
                "the application's role "
                        + (self ? "owns " : "is a member of " + Identifier.quote(owner) + ", which owns ")
                        + Examination.some(names) + ": it may switch row-level security off",
                self
                        ? "alter table ... owner to <a role that no program becomes>;"
                        : "revoke " + Identifier.quote(owner) + " from " + Identifier.quote(role) + ";");
    }

    private static Stream<Found> replicating(Examination database) {
        return application(database)
                .filter(role -> role.replicates() && !role.superuser())
                .map(role -> Found.of(
                        Identifier.quote(role.name()),
                        "the application's role has REPLICATION and can stream the rows of all tables",
                        "alter role " + Identifier.quote(role.name()) + " noreplication;"));
    }

    private static Stream<Found> creating(Examination database) {
        return application(database)
                .filter(role -> role.createsRoles() && !role.superuser())
                .map(role -> Found.of(
                                Identifier.quote(role.name()),
                                "the application's role has CREATEROLE"
                                        + (database.snapshot().server().major() < ADMIN_IS_ASKED
                                                ? " and can make itself a member of the tables' owner"
                                                : ""),
                                "alter role " + Identifier.quote(role.name()) + " nocreaterole;")
                        .weighing(
                                database.snapshot().server().major() < ADMIN_IS_ASKED
                                        ? Severity.ERROR
                                        : Severity.WARNING));
    }

    private static Stream<Found> defaults(Examination database) {
        String setting = database.scope().setting().orElse("");
        return database.snapshot().access().odds().defaults().entrySet().stream()
                .map(each -> Found.of(
                        each.getKey(),
                        setting + " is " + each.getValue() + " for "
                                + (each.getKey().isEmpty() ? "everybody" : "this role")
                                + " without being set: a session that forgets it works as that tenant",
                        each.getKey().isEmpty()
                                ? "alter database "
                                        + Identifier.quote(
                                                database.snapshot().server().database()) + " reset " + setting + ";"
                                : "alter role " + each.getKey() + " reset " + setting + ";"));
    }

    private static Stream<Found> bypassing(Examination database) {
        List<String> names = database.snapshot().access().roles().stream()
                .filter(role -> role.login() && role.isFree())
                .map(RoleFacts::name)
                .toList();
        return names.isEmpty()
                ? Stream.empty()
                : Stream.of(Found.of(
                        "", "no policy holds these roles, which can log in: " + Examination.quoted(names), ""));
    }
}
