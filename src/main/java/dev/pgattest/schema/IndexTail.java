package dev.pgattest.schema;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What stands behind the table's name in a statement that makes an index, so that it can be said of another table: without a
 * tablespace, and with columns that no longer name the table's schema.
 */
final class IndexTail {

    private final String sql;
    private final SyntaxTree tree;
    private final List<SqlToken> tokens;

    /** A part of the text to leave out. */
    private record Cut(int start, int end) {}

    IndexTail(SyntaxTree tree) {
        this.tree = tree;
        this.sql = tree.text();
        this.tokens = SqlLexer.tokens(sql).list().stream()
                .filter(token -> !token.kind().isBlank() && token.kind() != Kind.SEMICOLON)
                .toList();
    }

    /** Everything behind the table of an {@code IndexStmt}. */
    String behindTable(ParseNode statement) {
        int table = tree.offset(statement.child("relation").location().orElse(0));
        int token = at(table);
        while (is(token + 1, ".")) {
            token += 2;
        }
        return behind(tokens.get(token).end(), statement);
    }

    /** Everything behind a place, in which the node's parts stand. */
    String behind(int start, ParseNode node) {
        List<Cut> cuts = new ArrayList<>();
        node.all("ColumnRef").forEach(column -> cutQualifiers(column, cuts));
        if (node.has("tableSpace")) {
            cutTablespace("tablespace", 2, start, cuts);
        }
        if (node.has("indexspace")) {
            cutTablespace("using", 4, start, cuts);
        }
        int end = tokens.get(tokens.size() - 1).end();
        StringBuilder text = new StringBuilder(sql.substring(start, end));
        cuts.stream()
                .sorted(Comparator.comparingInt(Cut::start).reversed())
                .forEach(cut -> text.delete(cut.start() - start, cut.end() - start));
        return text.toString();
    }

    /** {@code schema.table.column} becomes {@code table.column}: the schema of the other table is another one. */
    private void cutQualifiers(ParseNode column, List<Cut> cuts) {
        int parts = column.list("fields").size();
        if (parts > 2) {
            int first = at(tree.offset(column.location().orElse(0)));
            int kept = first + 2 * (parts - 2);
            cuts.add(new Cut(tokens.get(first).start(), tokens.get(kept).start()));
        }
    }

    /** The clause stands before {@code WHERE}, so its first word outside of parentheses is the first of that spelling. */
    private void cutTablespace(String word, int length, int from, List<Cut> cuts) {
        int depth = 0;
        for (int i = at(from); i < tokens.size(); i++) {
            Kind kind = tokens.get(i).kind();
            depth += kind == Kind.OPEN_PARENTHESIS ? 1 : kind == Kind.CLOSE_PARENTHESIS ? -1 : 0;
            if (depth == 0 && is(i, word) && (length == 2 || is(i + 1, "index"))) {
                cuts.add(new Cut(
                        tokens.get(i).start(), tokens.get(i + length - 1).end()));
                return;
            }
        }
    }

    private int at(int offset) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).end() > offset) {
                return i;
            }
        }
        return tokens.size();
    }

    private boolean is(int token, String text) {
        return token < tokens.size()
                && tokens.get(token).text(sql).toLowerCase(Locale.ROOT).equals(text);
    }
}
