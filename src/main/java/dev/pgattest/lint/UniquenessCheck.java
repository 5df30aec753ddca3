package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a script looks for duplicates, and how to. */
final class UniquenessCheck {

    private static final String TABLE = "duplicates in ";

    private UniquenessCheck() {}

    /** Notes a statement that looks for duplicates, or changes rows, which is then taken for the removal of duplicates. */
    static void note(Visit visit) {
        ParseNode node = visit.node();
        if (visit.is("DeleteStmt", "UpdateStmt")) {
            visit.session().note(TABLE + node.child("relation").text("relname"));
        } else if (visit.is("DoStmt") && mentionsHaving(visit.statement().text())) {
            visit.session().noteBlock(visit.statement().text());
        } else if (visit.is("SelectStmt")
                && mentionsHaving(visit.statement().text())
                && node.all("SelectStmt").stream().anyMatch(each -> each.has("havingClause"))) {
            node.all("RangeVar").forEach(each -> visit.session().note(TABLE + each.text("relname")));
        }
    }

    private static boolean mentionsHaving(String text) {
        return text.toLowerCase(Locale.ROOT).contains("having");
    }

    /** Whether an earlier statement of the file has looked for duplicates in a table. */
    static boolean isNoted(Visit visit, String table) {
        return visit.session().isNoted(TABLE + table)
                || visit.session().notedBlocks().stream().anyMatch(each -> each.contains(table));
    }

    /** A query that returns the values that occur more than once. */
    static String query(Statement create) {
        List<String> keys = IndexText.keys(create);
        String list = keys.isEmpty() ? "the keys of the index" : String.join(", ", keys);
        List<String> conditions = new ArrayList<>();
        if (keys.size() == 1 && !create.node().flag("nulls_not_distinct")) {
            conditions.add(keys.get(0) + " is not null");
        }
        IndexText.predicate(create).ifPresent(predicate -> conditions.add("(" + predicate + ")"));
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return "select " + list + ", count(*) from " + IndexText.table(create) + where + " group by " + list
                + " having count(*) > 1;";
    }
}
