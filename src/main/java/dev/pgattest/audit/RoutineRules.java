package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.RoutineFacts.Kind;
import dev.pgattest.sql.Identifier;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about functions and procedures that run with somebody else's rights. */
final class RoutineRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "security-definer-bypasses-row-security",
                    Severity.ERROR,
                    new Page(
                            "The application may call a SECURITY DEFINER function or procedure whose owner no policy holds, and that"
                                    + " works on tables of tenants. It is an error when the function does not even read the tenant's"
                                    + " setting, and a warning when it does: then only the function's own conditions keep tenants apart.",
                            "SECURITY INVOKER; or an owner that policies hold; or revoke the right to call it.",
                            "PostgreSQL's manual: CREATE FUNCTION, SECURITY DEFINER."),
                    RoutineRules::bypassing),
            new AuditRule(
                    "security-definer-without-search-path",
                    Severity.WARNING,
                    new Page(
                            "A SECURITY DEFINER function or procedure whose search_path is its caller's, or lacks pg_temp at the end. It"
                                    + " finds tables, functions and operators by the path of whoever calls it: a caller puts objects of"
                                    + " its own in front, and the owner's rights work on them. An error when the application may call it"
                                    + " and no policy holds the owner.",
                            "Set search_path at the function, with pg_temp at the end. Or to '', with every name qualified.",
                            "PostgreSQL's manual: CREATE FUNCTION, Writing SECURITY DEFINER Functions Safely."),
                    RoutineRules::byPath),
            new AuditRule(
                    "security-definer-open-to-public",
                    Severity.WARNING,
                    new Page(
                            "PUBLIC may call a SECURITY DEFINER function, as it may call every function unless that is revoked: every"
                                    + " role of the server works with the owner's rights.",
                            "REVOKE EXECUTE ... FROM PUBLIC in the transaction that makes it, and grant to roles by name.",
                            "PostgreSQL's manual: CREATE FUNCTION."),
                    RoutineRules::open),
            new AuditRule(
                    "trigger-runs-as-definer",
                    Severity.WARNING,
                    new Page(
                            "A trigger of a table of tenants runs a SECURITY DEFINER function whose owner no policy holds: it reads and"
                                    + " writes rows of all tenants when one tenant writes.",
                            "SECURITY INVOKER, when it need not write what the application may not.",
                            "PostgreSQL's manual: CREATE FUNCTION; Overview of Trigger Behavior."),
                    RoutineRules::triggers));

    private RoutineRules() {}

    private static Stream<RoutineFacts> definers(Examination database) {
        return database.snapshot().access().routines().stream().filter(RoutineFacts::definer);
    }

    /** Whether no policy holds the owner everywhere, or on one of the tables that the routine names. */
    private static boolean isFree(Examination database, RoutineFacts routine) {
        if (database.role(routine.owner()).filter(RoleFacts::isFree).isPresent()) {
            return true;
        }
        Set<String> mentioned = RoutineText.of(routine).mentioned(database.tenantTables());
        return database.tenantTables().stream()
                .filter(table -> mentioned.contains(table.name().sql()))
                .anyMatch(table -> database.isFree(routine.owner(), table));
    }

    private static Stream<Found> bypassing(Examination database) {
        return definers(database)
                .filter(routine -> routine.body().kind() != Kind.TRIGGER
                        && !routine.executors().isEmpty())
                .filter(routine -> isFree(database, routine))
                .flatMap(routine -> {
                    RoutineText text = RoutineText.of(routine);
                    Set<String> tables = text.mentioned(database.relations().stream()
                            .filter(database::hasTenant)
                            .toList());
                    if (tables.isEmpty() && !text.isDynamic()) {
                        return Stream.empty();
                    }
                    boolean asks = tables.isEmpty() || asksWho(database, text);
                    Found found = Found.of(
                            routine.signature(),
                            Examination.quoted(routine.executors()) + " may call it, and it works "
                                    + (tables.isEmpty()
                                            ? "on what it puts together as text"
                                            : "on " + Examination.some(tables))
                                    + " with the rights of " + Identifier.quote(routine.owner())
                                    + ", whom no policy holds"
                                    + (asks ? "" : ", whoever asks"),
                            (routine.body().kind() == Kind.PROCEDURE ? "alter procedure " : "alter function ")
                                    + routine.signature() + " security invoker;");
                    return Stream.of(asks ? found.weighing(Severity.WARNING) : found);
                });
    }

    private static boolean asksWho(Examination database, RoutineText text) {
        boolean calls = database.snapshot().access().routines().stream()
                .filter(other -> text.words().contains(other.name().name()))
                .anyMatch(other -> database.scope()
                        .setting()
                        .filter(setting -> RoutineText.of(other).contains(setting))
                        .isPresent());
        return calls || database.scope().setting().filter(text::contains).isPresent();
    }

    private static Stream<Found> byPath(Examination database) {
        return definers(database)
                .filter(RoutineFacts::isBoundLate)
                .filter(routine -> routine.searchPath()
                        .filter(path -> path.equals("\"\"") || path.equals("''") || path.contains("pg_temp"))
                        .isEmpty())
                .map(routine -> {
                    Found found = Found.of(
                            routine.signature(),
                            routine.searchPath().isEmpty()
                                    ? "it runs with the rights of " + Identifier.quote(routine.owner())
                                            + " on what its caller's search_path finds"
                                    : "it runs with the rights of " + Identifier.quote(routine.owner())
                                            + ", and its caller's temporary tables come before those of its search_path",
                            "alter function " + routine.signature() + " set search_path = "
                                    + routine.searchPath()
                                            .orElse(Identifier.quote(Objects.requireNonNullElse(
                                                    routine.name().schema(), "public")))
                                    + ", pg_temp;");
                    boolean dangerous = !routine.executors().isEmpty()
                            && routine.body().kind() != Kind.TRIGGER
                            && database.role(routine.owner())
                                    .filter(RoleFacts::isFree)
                                    .isPresent();
                    return dangerous ? found.weighing(Severity.ERROR) : found;
                });
    }

    private static Stream<Found> open(Examination database) {
        return definers(database)
                .filter(routine -> routine.openToAll() && routine.body().kind() != Kind.TRIGGER)
                .map(routine -> Found.of(
                        routine.signature(),
                        "every role may call it, with the rights of " + Identifier.quote(routine.owner()),
                        "revoke execute on "
                                + (routine.body().kind() == Kind.PROCEDURE ? "procedure " : "function ")
                                + routine.signature() + " from public;"));
    }

    private static Stream<Found> triggers(Examination database) {
        return definers(database).filter(routine -> isFree(database, routine)).flatMap(routine -> {
            Set<String> tables = database.snapshot().access().triggers().stream()
                    .filter(trigger -> trigger.function() == routine.oid())
                    .flatMap(trigger -> database.relation(trigger.table()).stream())
                    .filter(database::isTenantTable)
                    .map(table -> table.name().sql())
                    .collect(Collectors.toSet());
            return tables.isEmpty()
                    ? Stream.empty()
                    : Stream.of(Found.of(
                            routine.signature(),
                            "triggers of " + Examination.some(tables) + " run it with the rights of "
                                    + Identifier.quote(routine.owner()) + ", whom no policy holds",
                            "alter function " + routine.signature() + " security invoker;"));
        });
    }
}
