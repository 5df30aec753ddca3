package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.PolicyFacts.Command;
import dev.pgattest.audit.TenantCondition.Opening;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what policies let through. */
final class PolicyRules {

    private static final List<Command> READING = List.of(Command.SELECT, Command.UPDATE, Command.DELETE);
    private static final List<Command> WRITING = List.of(Command.INSERT, Command.UPDATE);

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "policy-opens-table",
                    Severity.ERROR,
                    new Page(
                            "A permissive policy that applies to the application does not go by the tenant column. Permissive policies"
                                    + " of a command are joined with OR: the widest decides, whatever the others say, unless a restrictive"
                                    + " policy holds it back. A policy that asks who asks and not whose row it is, such as a switch for"
                                    + " administrators in a setting, is a warning: whoever can run SQL can set a setting.",
                            "Name in TO the roles that are to see more, and let the application be none of them; or make it AS"
                                    + " RESTRICTIVE; or compare the tenant column.",
                            "PostgreSQL's manual: CREATE POLICY, Application of Multiple Policies."),
                    PolicyRules::wide),
            new AuditRule(
                    "policy-admits-missing-setting",
                    Severity.ERROR,
                    new Page(
                            "A policy lets all rows through when the session does not say who asks: by an IS NULL or an empty string"
                                    + " beside OR, by COALESCE with the tenant column itself, by IS NOT FALSE. A job that forgets the"
                                    + " setting, or a pooled connection that lost it, then works on the rows of all tenants.",
                            "Compare the tenant column with the setting and nothing else. Without the setting that finds no row, or"
                                    + " fails.",
                            "PostgreSQL's manual: System Administration Functions, current_setting."),
                    PolicyRules::missing),
            new AuditRule(
                    "policy-without-check",
                    Severity.ERROR,
                    new Page(
                            "The application can write rows of other tenants: WITH CHECK, or USING where there is none, does not go by"
                                    + " the tenant column for INSERT or UPDATE.",
                            "Give WITH CHECK the comparison that USING has, or leave it out.",
                            "PostgreSQL's manual: CREATE POLICY."),
                    PolicyRules::unchecked),
            new AuditRule(
                    "policy-calls-volatile-function",
                    Severity.WARNING,
                    new Page(
                            "A policy calls a volatile function for every row of the table, and no index finds the rows that the policy"
                                    + " admits.",
                            "Declare the function STABLE, when it is; or call it once a statement: (select f()).",
                            "PostgreSQL's manual: Function Volatility Categories."),
                    PolicyRules::volatiles),
            new AuditRule(
                    "policy-wraps-tenant-column",
                    Severity.WARNING,
                    new Page(
                            "A policy compares the tenant column in another form than it is stored, by a cast or a function, so no"
                                    + " plain index on the column finds the rows of a tenant: every query reads the table. With the right"
                                    + " to take the application's role, the planner is asked by EXPLAIN.",
                            "Cast the setting, not the column.",
                            "PostgreSQL's manual: Indexes on Expressions."),
                    PolicyRules::wrapped),
            new AuditRule(
                    "policy-defeats-index",
                    Severity.WARNING,
                    new Page(
                            "The planner, asked by EXPLAIN as the application and forbidden to read the whole table, does not look the"
                                    + " tenant column up in an index that begins with it: the policies ask something of every row"
                                    + " instead.",
                            "Compare the tenant column itself with something that is stable, and join nothing to it with OR.",
                            "PostgreSQL's manual: Using EXPLAIN; Row Security Policies."),
                    PolicyRules::defeated),
            new AuditRule(
                    "policy-function-exposed",
                    Severity.ERROR,
                    new Page(
                            "A function that a policy calls is the application's to change: it is the owner, or the function finds"
                                    + " tables by the search_path of whoever asks, so that a temporary table of that name takes the"
                                    + " place of the real one and says what the caller likes.",
                            "Let a role own it that no program can become, and set its search_path with pg_temp at the end, or qualify"
                                    + " all names.",
                            "PostgreSQL's manual: CREATE FUNCTION, Writing SECURITY DEFINER Functions Safely."),
                    PolicyRules::exposed),
            new AuditRule(
                    "cross-tenant-role",
                    Severity.INFO,
                    new Page(
                            "A policy shows rows of all tenants to roles that are not the application's. That may be what is meant, as"
                                    + " for a worker.",
                            "Nothing, when it is meant. Grant the role to no program that serves tenants.",
                            "PostgreSQL's manual: CREATE POLICY."),
                    PolicyRules::others));

    private PolicyRules() {}

    private record Key(Relation table, PolicyFacts policy) {}

    private static Stream<Found> wide(Examination database) {
        return reading(database)
                .filter(open -> !open.openings().contains(Opening.MISSING_SETTING)
                        || open.openings().size() > 1)
                .map(open -> {
                    boolean whoOnly = open.openings().stream()
                            .allMatch(each -> each == Opening.WHO_ASKS || each == Opening.MISSING_SETTING);
                    Found found = Found.of(
                            open.table().name().sql(),
                            named(open.policy()) + " shows " + quotedRoles(open) + " " + shown(open.openings()) + ": "
                                    + open.policy().using(),
                            "alter policy " + Identifier.quote(open.policy().name()) + " on "
                                    + open.table().name().sql() + " to <roles that are to see this>;");
                    return whoOnly ? found.weighing(Severity.WARNING) : found;
                });
    }

    private static Stream<Found> missing(Examination database) {
        return reading(database)
                .filter(open -> open.openings().contains(Opening.MISSING_SETTING))
                .map(open -> Found.of(
                        open.table().name().sql(),
                        named(open.policy()) + " shows " + quotedRoles(open)
                                + " all rows when the session does not say who asks: "
                                + open.policy().using(),
                        "alter policy " + Identifier.quote(open.policy().name()) + " on "
                                + open.table().name().sql() + " using (" + Identifier.quote(database.tenantColumn())
                                + " = (select current_setting('"
                                + database.scope().setting().orElse("<setting>") + "'))::"
                                + open.table()
                                        .column(database.tenantColumn())
                                        .map(Relation.Column::type)
                                        .orElse("text")
                                + ");"));
    }

    private static Stream<Found> unchecked(Examination database) {
        return open(database, WRITING, false)
                .filter(open -> open.openings().stream().anyMatch(each -> each != Opening.WHO_ASKS))
                // What is read too wide by the same condition is found there.
                .filter(open -> open.policy().check() != null || open.policy().command() == Command.INSERT)
                .map(open -> Found.of(
                        open.table().name().sql(),
                        named(open.policy()) + " lets " + quotedRoles(open)
                                + " write rows of other tenants: with check "
                                + Objects.requireNonNullElse(open.policy().writes(), ""),
                        "alter policy " + Identifier.quote(open.policy().name()) + " on "
                                + open.table().name().sql() + " with check ("
                                + Identifier.quote(database.tenantColumn())
                                + " = ...);"));
    }

    /** A policy that lets rows of others through to some of the application's roles. */
    private record Open(Relation table, PolicyFacts policy, Set<String> roles, Set<Opening> openings) {}

    private static Stream<Open> reading(Examination database) {
        return open(database, READING, true);
    }

    private static Stream<Open> open(Examination database, List<Command> commands, boolean read) {
        Map<String, Open> found = new TreeMap<>();
        for (Relation table : database.tenantTables()) {
            for (String role : database.applicationRoles()) {
                if (!table.security().enabled() || database.isFree(role, table)) {
                    continue;
                }
                for (Command command : commands) {
                    Map<PolicyFacts, List<Opening>> openings = read
                            ? database.readOpenings(role, table, command)
                            : database.writeOpenings(role, table, command);
                    openings.forEach((policy, each) -> {
                        Open open = found.computeIfAbsent(
                                table.name().sql() + " " + policy.name(),
                                key -> new Open(table, policy, new TreeSet<>(), EnumSet.noneOf(Opening.class)));
                        open.roles().add(role);
                        open.openings().addAll(each);
                    });
                }
            }
        }
        return found.values().stream();
    }

    private static String quotedRoles(Open open) {
        return Examination.quoted(open.roles());
    }

    private static String named(PolicyFacts policy) {
        return "the policy " + Identifier.quote(policy.name());
    }

    private static String shown(Set<Opening> openings) {
        return openings.stream()
                .filter(opening -> opening != Opening.MISSING_SETTING)
                .map(opening -> switch (opening) {
                    case OTHER_COLUMNS -> "rows of other tenants, by other columns alone";
                    case WHO_ASKS -> "rows of all tenants when a setting or a function says so";
                    case NOBODYS -> "rows that are nobody's";
                    default -> "the rows of all tenants";
                })
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static Stream<Found> volatiles(Examination database) {
        return policies(database)
                .filter(key -> !key.policy().calls().volatiles().isEmpty())
                .flatMap(key -> {
                    Set<String> called = new TreeSet<>();
                    conditions(key.policy())
                            .forEach(condition ->
                                    database.condition(condition).ifPresent(read -> called.addAll(read.callsPerRow())));
                    called.retainAll(key.policy().calls().volatiles());
                    return called.stream()
                            .map(function -> Found.of(
                                    key.table().name().sql(),
                                    named(key.policy()) + " calls " + Identifier.quote(function)
                                            + ", which is volatile, for every row, and no index is used",
                                    "alter function " + Identifier.quote(function)
                                            + " stable;\n-- or, to call it once for a statement: (select "
                                            + Identifier.quote(function) + "())"));
                });
    }

    private static Stream<Found> wrapped(Examination database) {
        return policies(database)
                .filter(key -> key.policy().permissive())
                .filter(key -> conditions(key.policy()).stream()
                        .limit(1)
                        .flatMap(condition -> database.condition(condition).stream())
                        .anyMatch(TenantCondition::wrapsTenantColumn))
                // A varchar is compared as text, and its index too.
                .filter(key -> key.table()
                        .column(database.tenantColumn())
                        .filter(column -> !column.type().startsWith("character varying"))
                        .isPresent())
                .filter(key -> database.snapshot().plans().stream()
                        .noneMatch(plan -> plan.table() == key.table().oid() && plan.usesIndex()))
                .map(key -> Found.of(
                        key.table().name().sql(),
                        named(key.policy()) + " compares " + Identifier.quote(database.tenantColumn())
                                + " after a cast or a function, so no index on it is used: "
                                + conditions(key.policy()).get(0),
                        "cast the setting to "
                                + key.table()
                                        .column(database.tenantColumn())
                                        .map(Relation.Column::type)
                                        .orElse("the column's type")));
    }

    private static Stream<Found> defeated(Examination database) {
        return database.snapshot().plans().stream()
                .filter(plan -> !plan.usesIndex())
                .flatMap(plan -> database
                        .relation(plan.table())
                        // What opens the table is found as such; it cannot use the index either.
                        .filter(table -> !database.isFree(plan.role(), table)
                                && database.readOpenings(plan.role(), table, Command.SELECT)
                                        .isEmpty())
                        .map(table -> Found.of(
                                table.name().sql(),
                                "for " + Identifier.quote(plan.role()) + ", no index on "
                                        + Identifier.quote(database.tenantColumn()) + " is used: every row is asked "
                                        + plan.filter(),
                                ""))
                        .stream());
    }

    private static Stream<Found> exposed(Examination database) {
        Map<String, Found> found = new TreeMap<>();
        policies(database)
                .forEach(key -> database.snapshot().access().routines().stream()
                        .filter(routine -> key.policy().calls().functions().contains(routine.oid()))
                        .forEach(routine -> {
                            List<String> changers = database.applicationRoles().stream()
                                    .filter(role -> database.reach(role, routine.owner())
                                            .filter(reach -> reach.inherits() || reach.becomes())
                                            .isPresent())
                                    .toList();
                            String signature = routine.signature();
                            if (!changers.isEmpty()) {
                                found.put(
                                        signature,
                                        Found.of(
                                                signature,
                                                named(key.policy()) + " on "
                                                        + key.table().name().sql()
                                                        + " calls it, and " + Examination.quoted(changers)
                                                        + " may replace it: it owns it",
                                                "alter function " + signature
                                                        + " owner to <a role that no program becomes>;"));
                            } else if (RoutineText.of(routine).readsByPath()) {
                                found.put(
                                        signature,
                                        Found.of(
                                                signature,
                                                named(key.policy()) + " on "
                                                        + key.table().name().sql()
                                                        + " calls it, and it finds its tables by the caller's search_path: a"
                                                        + " temporary table takes their place",
                                                "alter function " + signature + " set search_path = "
                                                        + Identifier.quote(Objects.requireNonNullElse(
                                                                routine.name().schema(), "public"))
                                                        + ", pg_temp;"));
                            }
                        }));
        return found.values().stream();
    }

    private static Stream<Found> others(Examination database) {
        Map<String, Set<String>> shown = new TreeMap<>();
        policies(database)
                .filter(key -> key.table().security().enabled() && key.policy().permissive())
                .filter(key ->
                        database.applicationRoles().stream().noneMatch(role -> database.applies(key.policy(), role)))
                .filter(key -> !database.openings(key.policy().using()).isEmpty()
                        || !database.openings(key.policy().check()).isEmpty())
                .forEach(key -> key.policy()
                        .roles()
                        .forEach(role -> shown.computeIfAbsent(role, name -> new TreeSet<>())
                                .add(key.table().name().sql() + " ("
                                        + Identifier.quote(key.policy().name()) + ")")));
        return shown.entrySet().stream()
                .map(role -> Found.of(
                        Identifier.quote(role.getKey()),
                        "policies show this role rows of all tenants: " + String.join(", ", role.getValue()),
                        ""));
    }

    private static Stream<Key> policies(Examination database) {
        return database.tenantTables().stream()
                .flatMap(table -> database.policies(table).stream().map(policy -> new Key(table, policy)));
    }

    private static List<String> conditions(PolicyFacts policy) {
        List<String> conditions = new ArrayList<>();
        if (policy.using() != null) {
            conditions.add(policy.using());
        }
        if (policy.check() != null) {
            conditions.add(policy.check());
        }
        return conditions;
    }
}
