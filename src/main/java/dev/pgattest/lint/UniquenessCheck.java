package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.stream.Collectors;

/** Whether a script looks for duplicates, and how to. */
final class UniquenessCheck {

    private UniquenessCheck() {}

    /** Whether a statement looks for duplicates in a table or changes its rows, which is then taken for the removal of duplicates. */
    static boolean of(Statement statement, String table) {
        ParseNode node = statement.node();
        if (statement.is("DeleteStmt", "UpdateStmt")) {
            return node.child("relation").text("relname").equals(table);
        }
        if (statement.is("DoStmt")) {
            String body = statement.text();
            return body.contains(table) && (body.contains("having") || body.contains("HAVING"));
        }
        return statement.is("SelectStmt")
                && node.all("SelectStmt").stream().anyMatch(each -> each.has("havingClause"))
                && node.all("RangeVar").stream()
                        .anyMatch(each -> each.text("relname").equals(table));
    }

    /** A query that returns the values that occur more than once. */
    static String query(Statement create) {
        ParseNode node = create.node();
        boolean columns = node.list("indexParams").stream()
                .allMatch(each -> !each.text("name").isEmpty());
        String list = columns
                ? node.list("indexParams").stream()
                        .map(each -> Identifier.quote(each.text("name")))
                        .collect(Collectors.joining(", "))
                : "the keys of the index";
        String where = columns && node.list("indexParams").size() == 1 && !node.flag("nulls_not_distinct")
                ? " where " + list + " is not null"
                : "";
        return "select " + list + ", count(*) from " + IndexText.table(create) + where + " group by " + list
                + " having count(*) > 1;";
    }
}
