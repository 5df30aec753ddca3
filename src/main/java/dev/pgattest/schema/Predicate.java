package dev.pgattest.schema;

import dev.pgattest.sql.ParseNode;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows that an index holds: those for which all of some conditions are true.
 *
 * @param conditions what AND joins; none for all rows
 */
public record Predicate(Set<Expression> conditions) {

    /** All rows. */
    public static final Predicate ALL_ROWS = new Predicate(Set.of());

    /** Operators that are never true for NULL. */
    private static final Set<String> STRICT =
            Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "~~", "~~*", "~", "~*", "@>", "<@", "&&");

    private static final Set<String> STRICT_KINDS =
            Set.of("AEXPR_OP", "AEXPR_OP_ANY", "AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_BETWEEN");

    public Predicate {
        conditions = Collections.unmodifiableSet(new LinkedHashSet<>(conditions));
    }

    /** A {@code WHERE} clause; one that is absent stands for all rows. */
    public static Predicate of(ParseNode where) {
        Set<Expression> conditions = new LinkedHashSet<>();
        collect(where, conditions);
        return new Predicate(conditions);
    }

    private static void collect(ParseNode node, Set<Expression> into) {
        if (node.is("BoolExpr") && node.text("boolop").equals("AND_EXPR")) {
            node.list("args").forEach(each -> collect(each, into));
        } else if (node.isPresent()) {
            // BETWEEN has become two conditions.
            Expression condition = Expression.of(node);
            if (condition.node().is("BoolExpr")
                    && condition.node().text("boolop").equals("AND_EXPR")) {
                condition.node().list("args").forEach(each -> collect(each, into));
            } else {
                into.add(condition);
            }
        }
    }

    public boolean isAllRows() {
        return conditions.isEmpty();
    }

    /**
     * Whether every row of this one is a row of the other, as far as the texts show: each of the other's conditions is one of these,
     * or says only that a column is not null that one of these compares. False does not mean that it is not so.
     */
    public boolean implies(Predicate other) {
        return other.conditions.stream().allMatch(this::implies);
    }

    /** Whether it holds every row that has no NULL in any of these columns, as far as the text shows. */
    public boolean holdsAllNotNull(List<String> columns) {
        return conditions.stream()
                .map(Expression::node)
                .allMatch(test -> test.is("NullTest")
                        && test.text("nulltesttype").equals("IS_NOT_NULL")
                        && new Expression(test.child("arg"))
                                .column()
                                .filter(columns::contains)
                                .isPresent());
    }

    private boolean implies(Expression condition) {
        if (conditions.contains(condition)) {
            return true;
        }
        ParseNode test = condition.node();
        boolean notNull = test.is("NullTest") && test.text("nulltesttype").equals("IS_NOT_NULL");
        return notNull && conditions.stream().anyMatch(each -> isTrueOnlyWhereNotNull(each, test.child("arg")));
    }

    private static boolean isTrueOnlyWhereNotNull(Expression condition, ParseNode tested) {
        ParseNode node = condition.node();
        if (node.equals(tested)) {
            return true;
        }
        List<String> operator = node.names("name");
        boolean between = node.text("kind").equals("AEXPR_BETWEEN");
        return node.is("A_Expr")
                && STRICT_KINDS.contains(node.text("kind"))
                && (between || (operator.size() == 1 && STRICT.contains(operator.get(0))))
                && (node.child("lexpr").equals(tested)
                        || (node.text("kind").equals("AEXPR_OP")
                                && node.child("rexpr").equals(tested)));
    }
}
