package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Known parts of expressions whose value depends on more than the row: on the clock, the time zone, DateStyle, other settings. What
 * depends on a type counts only when the type is known. A test compares all of it with a server.
 */
final class NonImmutable {

    /** Functions of pg_catalog none of whose variants is IMMUTABLE. */
    static final Set<String> FUNCTIONS = Set.of(
            "now",
            "clock_timestamp",
            "statement_timestamp",
            "transaction_timestamp",
            "timeofday",
            "random",
            "setseed",
            "to_char",
            "to_date",
            "to_number",
            "concat",
            "concat_ws",
            "format",
            "array_to_string",
            "to_json",
            "to_jsonb",
            "row_to_json",
            "json_build_object",
            "jsonb_build_object",
            "gen_random_uuid",
            "nextval",
            "currval",
            "lastval",
            "current_setting",
            "set_config",
            "current_database",
            "current_schema",
            "version",
            "pg_backend_pid",
            "txid_current",
            "pg_current_xact_id",
            "make_timestamptz",
            "convert_from",
            "convert_to",
            "jsonb_path_exists_tz",
            "to_regclass",
            "pg_typeof",
            "inet_client_addr");

    private static final String TIMESTAMPTZ = "timestamptz";
    private static final String CONSTANT = "a constant";
    private static final Set<String> TEXT = Set.of("text", "varchar", "bpchar");
    private static final Set<String> TEXT_OPERATORS = Set.of("->>", "#>>");
    private static final Set<String> WITH_SETTINGS =
            Set.of("date", "time", "timetz", "timestamp", TIMESTAMPTZ, "interval");

    /** Casts between these types, besides those from text, read the time zone or DateStyle. */
    private static final Map<String, Set<String>> CASTS = Map.of(
            TIMESTAMPTZ,
            Set.of("date", "time", "timetz", "timestamp", "text", "varchar", "bpchar"),
            "timestamp",
            Set.of(TIMESTAMPTZ, "text", "varchar", "bpchar"),
            "date",
            Set.of(TIMESTAMPTZ, "text", "varchar", "bpchar"),
            "interval",
            Set.of("text", "varchar", "bpchar"),
            "time",
            Set.of("timetz"));

    /** Functions of extensions that come with PostgreSQL, none of whose variants is IMMUTABLE. */
    private static final Set<String> OF_EXTENSIONS = Set.of(
            "unaccent", "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "gen_random_bytes", "gen_salt");

    private final Function<String, String> columnType;
    private final Predicate<List<String>> mutable;

    /**
     * For the expressions of a table.
     *
     * @param columnType types of columns by name, as {@link TypeNames} has them; an empty text for one that is not known
     * @param mutable whether the files have made a function of this name that is not IMMUTABLE
     */
    NonImmutable(Function<String, String> columnType, Predicate<List<String>> mutable) {
        this.columnType = columnType;
        this.mutable = mutable;
    }

    /**
     * What is not immutable.
     *
     * @param node where
     * @param what in words
     * @param instead what to write, in words or as an expression
     */
    record Cause(ParseNode node, String what, String instead) {}

    /** The first such part of an expression. */
    Optional<Cause> in(ParseNode expression) {
        return expression.all("FuncCall", "SQLValueFunction", "TypeCast", "A_Expr").stream()
                .flatMap(node -> cause(node).stream())
                .findFirst();
    }

    private Optional<Cause> cause(ParseNode node) {
        return switch (node.kind()) {
            case "FuncCall" -> call(node);
            case "SQLValueFunction" ->
                cause(
                        node,
                        node.text("op").replace("SVFOP_", "").toLowerCase(java.util.Locale.ROOT) + " is not IMMUTABLE",
                        "compare with it in the query, not in the index");
            case "TypeCast" -> cast(node);
            default -> operation(node);
        };
    }

    private static Optional<Cause> cause(ParseNode node, String what, String instead) {
        return Optional.of(new Cause(node, what, instead));
    }

    private Optional<Cause> call(ParseNode node) {
        List<String> names = node.names("funcname");
        String name = names.get(names.size() - 1);
        if (mutable.test(names)) {
            return cause(
                    node,
                    name + "() is not declared IMMUTABLE",
                    "-- if it depends on its arguments alone, with every name in it qualified:\nalter function "
                            + String.join(
                                    ".", names.stream().map(Identifier::quote).toList()) + " immutable;");
        }
        if (OF_EXTENSIONS.contains(name)) {
            return cause(
                    node,
                    name + "() is not IMMUTABLE",
                    name.equals("unaccent")
                            ? "call a function of your own that is IMMUTABLE and calls"
                                    + " public.unaccent('public.unaccent', $1)"
                            : "leave it to the query, or store its value in a column");
        }
        if (names.size() > 1 && !names.get(0).equals("pg_catalog")) {
            return Optional.empty();
        }
        if (FUNCTIONS.contains(name)) {
            return cause(node, name + "() is not IMMUTABLE", "leave it to the query, or store its value in a column");
        }
        List<ParseNode> arguments = node.list("args");
        List<String> types = arguments.stream().map(this::type).toList();
        String last = types.isEmpty() ? "" : types.get(types.size() - 1);
        boolean zoned =
                switch (name) {
                    case "date_trunc" ->
                        types.size() == 2 && Set.of(TIMESTAMPTZ, "date").contains(types.get(1));
                    case "date_part", "extract" -> last.equals(TIMESTAMPTZ);
                    case "date", "time" -> last.equals(TIMESTAMPTZ) || (name.equals("date") && TEXT.contains(last));
                    case "age" ->
                        types.size() == 1
                                && Set.of(TIMESTAMPTZ, "timestamp", "date").contains(last);
                    default -> false;
                };
        if (zoned) {
            return cause(
                    node,
                    name + "() of " + last(types, name) + " depends on the session's settings",
                    "at time zone 'UTC' inside");
        }
        boolean defaultConfiguration = Set.of("to_tsvector", "to_tsquery").contains(name) && types.size() == 1;
        return defaultConfiguration
                ? cause(
                        node,
                        name + "() without a configuration depends on default_text_search_config",
                        name + "('english', ...)")
                : Optional.empty();
    }

    private static String last(List<String> types, String function) {
        return function.equals("date_trunc") ? types.get(1) : types.get(types.size() - 1);
    }

    private Optional<Cause> cast(ParseNode node) {
        String from = type(node.child("arg"));
        String to = TypeNames.base(node.child("typeName"));
        boolean array = !node.child("typeName").list("arrayBounds").isEmpty();
        boolean reads = TEXT.contains(from) && WITH_SETTINGS.contains(to);
        boolean converts = CASTS.getOrDefault(from, Set.of()).contains(to);
        return !array && (reads || converts)
                ? cause(
                        node,
                        "the cast from " + from + " to " + to + " depends on the session's settings",
                        from.equals(TIMESTAMPTZ) ? "at time zone 'UTC' before the cast" : "a column of the type " + to)
                : Optional.empty();
    }

    private Optional<Cause> operation(ParseNode node) {
        List<String> operator = node.names("name");
        String left = type(node.child("lexpr"));
        String right = type(node.child("rexpr"));
        boolean adds = operator.equals(List.of("+")) || operator.equals(List.of("-"));
        return node.text("kind").equals("AEXPR_OP") && adds && left.equals(TIMESTAMPTZ) && right.equals("interval")
                ? cause(
                        node,
                        "timestamptz and interval depend on the session's time zone",
                        "at time zone 'UTC' before it")
                : Optional.empty();
    }

    /** The type of an expression; empty when it is not known. */
    private String type(ParseNode node) {
        return switch (node.kind()) {
            case "A_Const" -> CONSTANT;
            case "ColumnRef" -> {
                List<String> names = node.names("fields");
                yield columnType.apply(names.get(names.size() - 1)).replaceFirst("\\(.*\\)$", "");
            }
            case "TypeCast" -> {
                ParseNode type = node.child("typeName");
                yield type.list("arrayBounds").isEmpty() ? TypeNames.base(type) : "";
            }
            case "A_Expr" -> TEXT_OPERATORS.contains(String.join(".", node.names("name"))) ? "text" : "";
            case "FuncCall" -> callType(node);
            default -> "";
        };
    }

    private String callType(ParseNode node) {
        List<String> names = node.names("funcname");
        List<ParseNode> arguments = node.list("args");
        boolean atTimeZone = names.get(names.size() - 1).equals("timezone") && arguments.size() == 2;
        String moved = atTimeZone ? type(arguments.get(1)) : "";
        return switch (moved) {
            case TIMESTAMPTZ -> "timestamp";
            case "timestamp" -> TIMESTAMPTZ;
            default -> "";
        };
    }
}
