package dev.pgattest.sql;

import java.util.List;
import java.util.Map;

/** Finds what in a statement changes or locks rows, as far as its text tells; functions that it calls may write all the same. */
public final class WritingSql {

    private static final Map<String, String> KINDS = Map.of(
            "InsertStmt", "INSERT",
            "UpdateStmt", "UPDATE",
            "DeleteStmt", "DELETE",
            "MergeStmt", "MERGE",
            "LockingClause", "FOR UPDATE or another row lock");

    private WritingSql() {}

    /** What writes, as a keyword; empty when nothing does, or when the statement does not parse. */
    public static String in(NamedSql query) {
        if (!(Grammar.parse(query.numbered().text()) instanceof SyntaxTree tree)) {
            return "";
        }
        List<ParseNode> found = tree.statements().stream()
                .map(ParseNode::of)
                .flatMap(statement -> statement.all(KINDS.keySet().toArray(String[]::new)).stream())
                .toList();
        return found.isEmpty() ? "" : KINDS.getOrDefault(found.get(0).kind(), "");
    }
}
