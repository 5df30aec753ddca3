package dev.pgattest.audit;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.ParseResult;
import dev.pgattest.sql.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition on rows, read for what it lets through besides the rows of one tenant.
 *
 * @param condition its parse tree
 * @param tenantColumn name of the column that says whose a row is
 */
record TenantCondition(ParseNode condition, String tenantColumn) {

    /** What lets rows of other tenants through. */
    enum Opening {
        /** It is always true. */
        ALL,
        /** It is true when the session does not say who asks. */
        MISSING_SETTING,
        /** It looks at the row, and not at who asks. */
        OTHER_COLUMNS,
        /** It looks at who asks, and not at the row. */
        WHO_ASKS,
        /** It admits rows that are nobody's. */
        NOBODYS
    }

    private static final Set<String> USERS =
            Set.of("SVFOP_CURRENT_ROLE", "SVFOP_CURRENT_USER", "SVFOP_USER", "SVFOP_SESSION_USER");

    /** A condition as SQL; empty when it cannot be read. */
    static Optional<TenantCondition> parse(String sql, String tenantColumn) {
        ParseResult result = Grammar.parse("select where " + sql);
        return result instanceof SyntaxTree tree
                ? Optional.of(new TenantCondition(
                        ParseNode.of(tree.statements().get(0)).child("whereClause"), tenantColumn))
                : Optional.empty();
    }

    /** What it lets through; empty when every row that passes belongs to who asks, as far as the text shows. */
    List<Opening> openings() {
        return openings(condition).stream().distinct().sorted().toList();
    }

    /** Whether the tenant column stands in a comparison in another form than as it is stored. */
    boolean wrapsTenantColumn() {
        return condition.all("A_Expr").stream()
                        .flatMap(each -> Stream.of(each.child("lexpr"), each.child("rexpr")))
                        .filter(this::mentionsTenant)
                        .noneMatch(side -> side.is("ColumnRef"))
                && mentionsTenant(condition);
    }

    /** Names of the functions that are called for each row, outside of subqueries. */
    Set<String> callsPerRow() {
        return outside(condition, "FuncCall").stream()
                .map(call -> call.names("funcname"))
                .map(name -> name.get(name.size() - 1))
                .collect(Collectors.toSet());
    }

    private List<Opening> openings(ParseNode node) {
        return switch (node.kind()) {
            case "BoolExpr" -> ofLogic(node);
            case "A_Expr" -> ofComparison(node);
            case "NullTest" -> ofNullTest(node);
            case "BooleanTest" -> ofBooleanTest(node);
            case "CoalesceExpr" -> ofCoalesce(node);
            case "CaseExpr" -> ofCase(node);
            case "SubLink" -> ofSubquery(node);
            case "TypeCast" -> openings(node.child("arg"));
            case "A_Const" ->
                node.constant().filter(value -> value.startsWith("t")).isPresent() ? List.of(Opening.ALL) : List.of();
            default -> ofOther(node);
        };
    }

    private List<Opening> ofLogic(ParseNode node) {
        List<List<Opening>> parts =
                node.list("args").stream().map(this::openings).toList();
        return switch (node.text("boolop")) {
            case "AND_EXPR" -> parts.stream().anyMatch(List::isEmpty) ? List.of() : ofAll(parts);
            case "OR_EXPR" -> parts.stream().flatMap(List::stream).toList();
            default -> ofNegation(node.list("args").get(0));
        };
    }

    private static List<Opening> ofAll(List<List<Opening>> parts) {
        List<Opening> some = parts.stream()
                .flatMap(List::stream)
                .filter(each -> each != Opening.ALL)
                .toList();
        return some.isEmpty() ? List.of(Opening.ALL) : some;
    }

    private List<Opening> ofNegation(ParseNode node) {
        boolean unequal = node.is("A_Expr") && node.names("name").contains("<>") && mentionsTenant(node);
        return unequal ? List.of() : List.of(asksWho(node) ? Opening.WHO_ASKS : Opening.OTHER_COLUMNS);
    }

    private List<Opening> ofComparison(ParseNode node) {
        boolean left = mentionsTenant(node.child("lexpr"));
        boolean right = mentionsTenant(node.child("rexpr"));
        if (left && right) {
            return List.of(asksWho(node) ? Opening.MISSING_SETTING : Opening.ALL);
        }
        boolean matches =
                Stream.of("<>", "<", ">", "<=", ">=", "!~", "!~~", "~~", "~").noneMatch(node.names("name")::contains);
        if (left || right) {
            return matches ? List.of() : List.of(Opening.OTHER_COLUMNS);
        }
        if (outside(node, "ColumnRef").isEmpty()) {
            boolean empty = Stream.of(node.child("lexpr"), node.child("rexpr"))
                    .anyMatch(side -> side.constant().filter(String::isEmpty).isPresent());
            boolean tests = empty && asksWho(node) && node.names("name").contains("=");
            return List.of(tests ? Opening.MISSING_SETTING : asksWho(node) ? Opening.WHO_ASKS : Opening.ALL);
        }
        return asksWho(node) || !node.all("SubLink").isEmpty() ? List.of() : List.of(Opening.OTHER_COLUMNS);
    }

    private List<Opening> ofNullTest(ParseNode node) {
        ParseNode tested = node.child("arg");
        if (node.text("nulltesttype").equals("IS_NOT_NULL")) {
            return List.of(asksWho(tested) ? Opening.WHO_ASKS : Opening.OTHER_COLUMNS);
        }
        if (mentionsTenant(tested)) {
            return List.of(Opening.NOBODYS);
        }
        return List.of(asksWho(tested) ? Opening.MISSING_SETTING : Opening.OTHER_COLUMNS);
    }

    private List<Opening> ofBooleanTest(ParseNode node) {
        List<Opening> tested = openings(node.child("arg"));
        boolean unknownPasses = Set.of("IS_NOT_FALSE", "IS_UNKNOWN").contains(node.text("booltesttype"));
        return tested.isEmpty() && unknownPasses ? List.of(Opening.MISSING_SETTING) : tested;
    }

    private List<Opening> ofCoalesce(ParseNode node) {
        List<Opening> found = new ArrayList<>();
        List<ParseNode> parts = node.list("args");
        for (int index = 0; index < parts.size(); index++) {
            boolean instead = index > 0 && !openings(parts.get(index)).isEmpty();
            if (instead) {
                found.add(Opening.MISSING_SETTING);
            } else {
                found.addAll(openings(parts.get(index)));
            }
        }
        return found;
    }

    private List<Opening> ofCase(ParseNode node) {
        List<Opening> found = new ArrayList<>();
        for (ParseNode when : node.list("args")) {
            List<Opening> test = openings(when.child("expr"));
            List<Opening> result = openings(when.child("result"));
            if (!result.isEmpty() && !test.isEmpty()) {
                found.addAll(test);
            }
        }
        if (node.has("defresult")) {
            found.addAll(openings(node.child("defresult")));
        }
        return found;
    }

    /** A subquery that looks at the row, or that other policies guard, is left to the proof. */
    private List<Opening> ofSubquery(ParseNode node) {
        boolean looksAtRow = node.has("testexpr")
                || !node.child("subselect").all("ColumnRef").isEmpty()
                || !node.child("subselect").all("RangeVar").isEmpty();
        return looksAtRow ? List.of() : openingOfCall(node);
    }

    private List<Opening> ofOther(ParseNode node) {
        if (mentionsTenant(node) && !node.is("ColumnRef")) {
            return List.of();
        }
        if (node.is("FuncCall") && outside(node, "ColumnRef").isEmpty()) {
            return openingOfCall(node);
        }
        return node.is("FuncCall") ? List.of() : List.of(Opening.OTHER_COLUMNS);
    }

    private static List<Opening> openingOfCall(ParseNode node) {
        return List.of(asksWho(node) ? Opening.WHO_ASKS : Opening.ALL);
    }

    private static boolean asksWho(ParseNode node) {
        return !node.all("FuncCall").isEmpty()
                || node.all("SQLValueFunction").stream().anyMatch(each -> USERS.contains(each.text("op")));
    }

    private boolean mentionsTenant(ParseNode node) {
        return outside(node, "ColumnRef").stream().anyMatch(this::isTenant);
    }

    private boolean isTenant(ParseNode column) {
        List<String> names = column.names("fields");
        return !names.isEmpty() && names.get(names.size() - 1).equals(tenantColumn);
    }

    /** The nodes of a kind that do not stand in a subquery. */
    private static List<ParseNode> outside(ParseNode node, String kind) {
        List<ParseNode> inside = new ArrayList<>();
        node.all("SubLink")
                .forEach(each -> inside.addAll(each.child("subselect").all(kind)));
        List<ParseNode> found = new ArrayList<>(node.all(kind));
        inside.forEach(found::remove);
        return found;
    }
}
