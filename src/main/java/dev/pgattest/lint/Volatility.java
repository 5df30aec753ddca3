package dev.pgattest.lint;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which functions PostgreSQL must call anew for every row: its own, and those that the files have made. */
final class Volatility {

    /** {@code provolatile = 'v'} in pg_proc.dat, as far as expressions use them. */
    private static final Set<String> VOLATILE = Set.of(
            "array_sample",
            "array_shuffle",
            "clock_timestamp",
            "currval",
            "gen_random_bytes",
            "gen_random_uuid",
            "gen_salt",
            "lastval",
            "nextval",
            "pg_sleep",
            "pg_try_advisory_lock",
            "random",
            "random_normal",
            "set_config",
            "setval",
            "timeofday",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7");

    /** How deep functions that call functions are followed; one that calls itself is not inlined. */
    private static final int MOST_CALLS = 8;

    private static final List<String> NO_EXPRESSION = List.of(
            "fromClause",
            "whereClause",
            "groupClause",
            "havingClause",
            "withClause",
            "sortClause",
            "limitCount",
            "limitOffset",
            "valuesLists");

    private Volatility() {}

    /** The volatile functions that an expression calls, without their schemas, each once. */
    static List<String> in(Session session, ParseNode expression) {
        return expression.all("FuncCall").stream()
                .map(call -> call.names("funcname"))
                .filter(function -> !function.isEmpty() && isVolatile(session, function))
                .map(function -> function.get(function.size() - 1))
                .distinct()
                .toList();
    }

    /** The functions that an expression calls and of which neither the files nor the server's own list tell. */
    static List<String> unknownIn(Session session, ParseNode expression) {
        return expression.all("FuncCall").stream()
                .map(call -> call.names("funcname"))
                .filter(function -> !function.isEmpty()
                        && !isVolatile(session, function)
                        && !ServerFunctions.include(function)
                        && session.objects().routine(session.name(function)).isEmpty())
                .map(function -> function.get(function.size() - 1))
                .distinct()
                .toList();
    }

    /** Whether a function is known to be neither IMMUTABLE nor put in place of its call, so that no index can use it. */
    static boolean isMutable(Session session, List<String> function) {
        return session.objects()
                .routine(session.name(function))
                .filter(routine ->
                        !option(routine, "volatility").orElse("volatile").equals("immutable"))
                .filter(routine -> !isInlined(session, routine, MOST_CALLS))
                .isPresent();
    }

    /** Whether a call of a function by these parts of its name is volatile; those that nothing is known of are not. */
    static boolean isVolatile(Session session, List<String> function) {
        return isVolatile(session, function, MOST_CALLS);
    }

    private static boolean isVolatile(Session session, List<String> function, int calls) {
        Optional<ParseNode> routine = session.objects().routine(session.name(function));
        if (routine.isPresent()) {
            return isDeclaredVolatile(routine.get()) && (calls == 0 || !isInlined(session, routine.get(), calls));
        }
        return VOLATILE.contains(function.get(function.size() - 1));
    }

    private static boolean isDeclaredVolatile(ParseNode routine) {
        return option(routine, "volatility").orElse("volatile").equals("volatile");
    }

    private static Optional<String> option(ParseNode routine, String name) {
        return Options.find(routine.list("options"), name)
                .map(option -> option.child("arg").name().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether the planner puts the body in place of the call, so that what counts is the body ({@code inline_function} in clauses.c):
     * one expression in SQL, with the caller's rights and settings.
     */
    private static boolean isInlined(Session session, ParseNode routine, int calls) {
        boolean sql = option(routine, "language")
                .orElse(routine.has("sql_body") ? "sql" : "")
                .equals("sql");
        boolean plain = Options.find(routine.list("options"), "set").isEmpty()
                && Options.find(routine.list("options"), "security")
                        .filter(option -> option.child("arg").flag("boolval"))
                        .isEmpty();
        return sql
                && plain
                && body(routine).filter(each -> isPlain(session, each, calls)).isPresent();
    }

    private static Optional<ParseNode> body(ParseNode routine) {
        ParseNode body = routine.child("sql_body");
        if (body.is("ReturnStmt")) {
            return Optional.of(body.child("returnval"));
        }
        List<ParseNode> statements = body.isPresent()
                ? body.list("items").stream()
                        .flatMap(each -> each.list("items").stream())
                        .toList()
                : parsed(routine);
        if (statements.size() != 1 || !statements.get(0).is("SelectStmt")) {
            return Optional.empty();
        }
        ParseNode select = statements.get(0);
        boolean expression =
                select.list("targetList").size() == 1 && NO_EXPRESSION.stream().noneMatch(select::has);
        return expression ? Optional.of(select.list("targetList").get(0)) : Optional.empty();
    }

    private static List<ParseNode> parsed(ParseNode routine) {
        List<ParseNode> texts = Options.find(routine.list("options"), "as")
                .map(option -> option.child("arg").list("items"))
                .orElse(List.of());
        return texts.size() == 1 && Grammar.parse(texts.get(0).name()) instanceof SyntaxTree tree
                ? tree.statements().stream().map(ParseNode::of).toList()
                : List.of();
    }

    private static boolean isPlain(Session session, ParseNode expression, int calls) {
        return expression.all("SubLink").isEmpty()
                && expression.all("FuncCall").stream()
                        .noneMatch(call -> isVolatile(session, call.names("funcname"), calls - 1));
    }
}
