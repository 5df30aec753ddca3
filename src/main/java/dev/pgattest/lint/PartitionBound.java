package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.sql.ParseNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that a partition takes.
 *
 * @param node a {@code PartitionBoundSpec}
 */
record PartitionBound(ParseNode node) {

    private static final Map<String, String> MIRRORED = Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=", "=", "=");

    /** A comparison of a column with a constant. */
    private record Comparison(String operator, String constant) {}

    boolean isDefault() {
        return node.flag("is_default");
    }

    /**
     * Whether valid CHECKs of a table say what the bound says, so that PostgreSQL need not read the rows. Where the columns of the key,
     * or the table's, are not known, it is taken that they fit.
     */
    boolean isShownBy(KnownTable table, List<String> key) {
        List<ParseNode> conditions = conditions(table);
        if (isDefault()
                || node.text("strategy").equals("h")
                || node.list("lowerdatums").size() > 1) {
            return !conditions.isEmpty();
        }
        List<String> candidates = key.isEmpty()
                ? conditions.stream()
                        .flatMap(each -> Expressions.columns(each).stream())
                        .distinct()
                        .toList()
                : key.subList(0, 1);
        return candidates.stream().anyMatch(column -> isShown(table, conditions, column));
    }

    /** The bound as a condition on the columns of the key, as far as both are known. */
    String condition(List<String> key) {
        String column = key.size() == 1 ? Command.quoted(key.get(0)) : "partition_key";
        if (node.text("strategy").equals("l")) {
            String values = node.list("listdatums").stream()
                    .flatMap(each -> each.constant().stream())
                    .map(PartitionBound::literal)
                    .collect(Collectors.joining(", "));
            return column + " is not null and " + column + " in (" + values + ")";
        }
        if (node.text("strategy").equals("h") || node.list("lowerdatums").size() > 1 || isDefault()) {
            return "...";
        }
        return column + " is not null" + limit(column, " >= ", "lowerdatums") + limit(column, " < ", "upperdatums");
    }

    /** The constants of the bound. */
    Set<String> constants() {
        return Stream.of("lowerdatums", "upperdatums", "listdatums")
                .flatMap(field -> node.list(field).stream())
                .flatMap(each -> each.constant().stream())
                .collect(Collectors.toSet());
    }

    private String limit(String column, String operator, String field) {
        return node.list(field).stream()
                .flatMap(each -> each.constant().stream())
                .map(value -> " and " + column + operator + literal(value))
                .collect(Collectors.joining());
    }

    private static String literal(String value) {
        return number(value) == null ? "'" + value.replace("'", "''") + "'" : value;
    }

    private static List<ParseNode> conditions(KnownTable table) {
        return table.constraints().values().stream()
                .filter(each -> each.isA("CONSTR_CHECK") && each.valid())
                .flatMap(each -> Expressions.conjuncts(each.definition().child("raw_expr")).stream())
                .toList();
    }

    private boolean isShown(KnownTable table, List<ParseNode> conditions, String column) {
        boolean takesNull = node.list("listdatums").stream().anyMatch(each -> each.flag("isnull"));
        boolean neverNull = takesNull
                || table.column(column).map(Column::notNull).orElse(true)
                || conditions.stream().anyMatch(each -> Expressions.refusesNull(each, column));
        List<Comparison> comparisons = conditions.stream()
                .flatMap(each -> comparisons(each, column).stream())
                .toList();
        if (node.text("strategy").equals("l")) {
            return neverNull && listed(conditions, column);
        }
        return neverNull
                && limited(comparisons, "lowerdatums", Set.of(">", ">=", "="), order -> order >= 0)
                && limited(comparisons, "upperdatums", Set.of("<", "<=", "="), order -> order <= 0);
    }

    private boolean limited(List<Comparison> comparisons, String field, Set<String> operators, IntPredicate fits) {
        List<String> limits = node.list(field).stream()
                .flatMap(each -> each.constant().stream())
                .toList();
        return limits.isEmpty()
                || comparisons.stream()
                        .filter(each -> operators.contains(each.operator()))
                        .anyMatch(each -> fits.test(compare(each.constant(), limits.get(0))));
    }

    private boolean listed(List<ParseNode> conditions, String column) {
        Set<String> allowed = constants();
        return conditions.stream()
                .filter(each -> Expressions.columns(each).equals(List.of(column)))
                .map(each -> each.all("A_Const").stream()
                        .flatMap(constant -> constant.constant().stream())
                        .collect(Collectors.toSet()))
                .anyMatch(values -> !values.isEmpty() && new HashSet<>(allowed).containsAll(values));
    }

    private static List<Comparison> comparisons(ParseNode condition, String column) {
        String operator = String.join("", condition.names("name"));
        ParseNode left = condition.child("lexpr");
        ParseNode right = condition.child("rexpr");
        if (condition.text("kind").equals("AEXPR_BETWEEN")
                && Expressions.column(left).equals(column)) {
            List<ParseNode> ends = condition.list("rexpr");
            return Stream.concat(comparison(">=", ends.get(0)).stream(), comparison("<=", ends.get(1)).stream())
                    .toList();
        }
        if (Expressions.column(left).equals(column)) {
            return comparison(operator, right);
        }
        return Expressions.column(right).equals(column)
                ? comparison(MIRRORED.getOrDefault(operator, operator), left)
                : List.of();
    }

    private static List<Comparison> comparison(String operator, ParseNode constant) {
        return constant.constant().map(value -> new Comparison(operator, value)).stream()
                .toList();
    }

    /** Numbers as such; times as texts, for their usual form sorts so. */
    private static int compare(String one, String other) {
        BigDecimal first = number(one);
        BigDecimal second = number(other);
        if (first != null && second != null) {
            return first.compareTo(second);
        }
        return withoutMidnight(one).compareTo(withoutMidnight(other));
    }

    private static String withoutMidnight(String time) {
        return time.replaceFirst("[ T]00:00(:00(\\.0+)?)?([-+Zz].*)?$", "");
    }

    private static @org.jspecify.annotations.Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
