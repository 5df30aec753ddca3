package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlToken;
import java.util.List;

/**
 * A DELETE or UPDATE of every row, in the text of the statement that it is or is part of.
 *
 * @param statement the statement
 * @param node the {@code DeleteStmt} or {@code UpdateStmt}
 */
record EveryRow(Statement statement, ParseNode node) {

    /** Whether a condition lets every row through. */
    static boolean isMeant(ParseNode where) {
        if (!where.isPresent() || where.constant().filter("true"::equals).isPresent()) {
            return true;
        }
        boolean equality = where.is("A_Expr") && where.names("name").equals(List.of("="));
        return equality
                && where.child("lexpr").constant().isPresent()
                && where.child("lexpr").constant().equals(where.child("rexpr").constant());
    }

    /** Index in the file of its first word. */
    int start() {
        List<SqlToken> words = statement.words();
        int relation = statement.offset(node.child("relation")) - statement.start();
        int at = 0;
        int found = 0;
        while (at < words.size() && words.get(at).start() < relation) {
            found = isWord(words.get(at), "update") || isWord(words.get(at), "delete")
                    ? words.get(at).start()
                    : found;
            at++;
        }
        return statement.start() + found;
    }

    /** The statement with a condition that lets some rows through, by a column whose values number them. */
    String inBatches(String key) {
        ParseNode relation = node.child("relation");
        String alias = relation.child("alias").text("aliasname");
        boolean joins = node.has("usingClause") || node.has("fromClause");
        String owner = joins ? Identifier.quote(alias.isEmpty() ? relation.text("relname") : alias) + "." : "";
        String condition = statement.keyword("where ") + owner + key + statement.keyword(" between ") + "1"
                + statement.keyword(" and ") + "10000";
        return statement.with(List.of(edit(condition)));
    }

    /** Where the condition stands or belongs: before RETURNING, or before what ends this part of the statement. */
    private Edit edit(String condition) {
        List<SqlToken> words = statement.words();
        int relation = statement.offset(node.child("relation")) - statement.start();
        int depth = 0;
        int where = -1;
        int end = words.get(words.size() - 1).end();
        for (int index = 0; index < words.size(); index++) {
            SqlToken word = words.get(index);
            if (word.start() < relation) {
                continue;
            }
            depth += word.kind() == SqlToken.Kind.OPEN_PARENTHESIS
                    ? 1
                    : word.kind() == SqlToken.Kind.CLOSE_PARENTHESIS ? -1 : 0;
            if (depth < 0 || (depth == 0 && isWord(word, "returning"))) {
                end = words.get(index - 1).end();
                break;
            }
            where = depth == 0 && where < 0 && isWord(word, "where") ? word.start() : where;
        }
        return where < 0
                ? Edit.insert(statement.start() + end, " " + condition)
                : new Edit(statement.start() + where, statement.start() + end, condition);
    }

    private boolean isWord(SqlToken token, String keyword) {
        return token.kind() == SqlToken.Kind.WORD
                && token.text(statement.text()).equalsIgnoreCase(keyword);
    }
}
