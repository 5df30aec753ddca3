package dev.pgattest.schema;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One key of an index: a column or an expression, and how it is sorted.
 *
 * @param expression the column or expression
 * @param collation as written, without {@code pg_catalog}; empty for that of the column
 * @param operatorClass as written, with its parameters; empty for the default of the type
 * @param descending whether the largest value comes first
 * @param nullsFirst whether NULL comes before every value
 */
public record IndexKey(
        Expression expression, String collation, String operatorClass, boolean descending, boolean nullsFirst) {

    /**
     * Classes that are the default of the only type that they accept. Not {@code text_ops}: it also accepts {@code char(n)}, whose
     * default is another one.
     */
    private static final Set<String> DEFAULTS = Set.of(
            "array_ops",
            "bool_ops",
            "bytea_ops",
            "date_ops",
            "float4_ops",
            "float8_ops",
            "int2_ops",
            "int4_ops",
            "int8_ops",
            "interval_ops",
            "jsonb_ops",
            "numeric_ops",
            "point_ops",
            "range_ops",
            "time_ops",
            "timestamp_ops",
            "timestamptz_ops",
            "timetz_ops",
            "tsvector_ops",
            "uuid_ops");

    /** A column in ascending order, as constraints have it. */
    static IndexKey ascending(String column) {
        return new IndexKey(Expression.column(column), "", "", false, false);
    }

    /** An {@code IndexElem}. */
    static IndexKey of(ParseNode element) {
        boolean descending = element.text("ordering").equals("SORTBY_DESC");
        String nulls = element.text("nulls_ordering");
        Expression expression = element.text("name").isEmpty()
                ? Expression.of(element.child("expr"))
                : Expression.column(element.text("name"));
        return new IndexKey(
                expression,
                unqualified(element.names("collation")),
                operatorClass(element),
                descending,
                nulls.equals("SORTBY_NULLS_FIRST") || (descending && !nulls.equals("SORTBY_NULLS_LAST")));
    }

    private static String operatorClass(ParseNode element) {
        String name = unqualified(element.names("opclass"));
        String parameters = element.list("opclassopts").stream()
                .map(option -> option.text("defname") + "="
                        + option.child("arg").constant().orElse(""))
                .sorted()
                .collect(Collectors.joining(","));
        return (DEFAULTS.contains(name) ? "" : name) + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }

    private static String unqualified(List<String> names) {
        boolean system = names.size() == 2 && names.get(0).equals("pg_catalog");
        return String.join(".", system ? names.subList(1, 2) : names);
    }

    /** The column's name; empty for an expression. */
    public Optional<String> column() {
        return expression.column();
    }

    /** Whether equal values in this key are equal in the other one: the order in which they are sorted does not matter. */
    boolean comparesAs(IndexKey other) {
        return compared().equals(other.compared());
    }

    /** The key in one order, so that keys which find the same values equal are equal. */
    IndexKey compared() {
        return new IndexKey(expression, collation, operatorClass, false, false);
    }

    /** The same key without casts in its expression. */
    IndexKey withoutCasts() {
        return new IndexKey(expression.withoutCasts(), collation, operatorClass, descending, nullsFirst);
    }

    /** The same key read from the other end. */
    IndexKey reversed() {
        return new IndexKey(expression, collation, operatorClass, !descending, !nullsFirst);
    }
}
