package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One statement of a file.
 *
 * @param file the file
 * @param start index of its first character in the file
 * @param text as written, without the semicolon
 * @param tree its parse tree
 * @param node its root, such as {@code IndexStmt}
 * @param inside what it is part of
 */
record Statement(SqlFile file, int start, String text, SyntaxTree tree, ParseNode node, Inside inside) {

    /** What a statement is part of. */
    enum Inside {
        /** The file itself. */
        FILE,
        /** Another statement, which runs it: {@code EXPLAIN ANALYZE}, {@code CREATE SCHEMA}. */
        STATEMENT,
        /** A {@code DO} block, which runs where it stands. */
        BLOCK,
        /** A function or procedure, which runs when somebody calls it. */
        ROUTINE
    }

    /** Index after its last character in the file. */
    int end() {
        return start + text.length();
    }

    boolean is(String... kinds) {
        return node.is(kinds);
    }

    /** Whether it stands in the body of a block or a routine. */
    boolean isInBody() {
        return inside == Inside.BLOCK || inside == Inside.ROUTINE;
    }

    /** Whether it runs when the file runs. */
    boolean runsNow() {
        return inside != Inside.ROUTINE;
    }

    /** Index in the file of a node of this statement; the statement's beginning when the grammar does not say. */
    int offset(ParseNode at) {
        return at.location().map(bytes -> start + tree.offset(bytes)).orElse(start);
    }

    /** The tokens that are not blank, with places in {@link #text()}. */
    List<SqlToken> words() {
        return SqlLexer.tokens(text).list().stream()
                .filter(token -> !token.kind().isBlank())
                .toList();
    }

    /** Index in the file after the first run of these keywords, one after the other; empty when there is none. */
    Optional<Integer> after(String... keywords) {
        List<SqlToken> words = words();
        for (int first = 0; first + keywords.length <= words.size(); first++) {
            int at = first;
            while (at < first + keywords.length && words.get(at).text(text).equalsIgnoreCase(keywords[at - first])) {
                at++;
            }
            if (at == first + keywords.length) {
                return Optional.of(start + words.get(at - 1).end());
            }
        }
        return Optional.empty();
    }

    /** What stands in parentheses behind the first such keyword from an index of the file on, with them. */
    Optional<String> parenthesized(int from, String keyword) {
        List<SqlToken> words = words();
        int first = 0;
        while (first < words.size() && start + words.get(first).start() < from) {
            first++;
        }
        while (first < words.size() && !words.get(first).text(text).equalsIgnoreCase(keyword)) {
            first++;
        }
        int depth = 0;
        for (int index = first + 1; index < words.size(); index++) {
            SqlToken.Kind kind = words.get(index).kind();
            depth += kind == SqlToken.Kind.OPEN_PARENTHESIS ? 1 : kind == SqlToken.Kind.CLOSE_PARENTHESIS ? -1 : 0;
            if (depth == 0) {
                return kind == SqlToken.Kind.CLOSE_PARENTHESIS
                        ? Optional.of(text.substring(
                                words.get(first + 1).start(), words.get(index).end()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A keyword in the case in which this statement writes its first one. */
    String keyword(String word) {
        boolean upper = !text.isEmpty() && Character.isUpperCase(text.charAt(0));
        return upper ? word.toUpperCase(Locale.ROOT) : word.toLowerCase(Locale.ROOT);
    }

    /** The statement with edits made, whose places are those of the file. */
    String with(List<Edit> edits) {
        return Edit.apply(
                text,
                edits.stream()
                        .map(edit -> new Edit(edit.start() - start, edit.end() - start, edit.text()))
                        .toList());
    }

    /** The text from one index of the file to another. */
    String slice(int from, int to) {
        return text.substring(from - start, to - start);
    }
}
