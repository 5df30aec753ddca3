package dev.pgattest.lint;

import dev.pgattest.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the commands of an {@code ALTER TABLE} stand, which the parse tree does not say.
 *
 * @param statement the statement
 * @param headEnd index in the file after the table's name
 * @param commands first index of each command, and the one after its last character
 */
record AlterTableText(Statement statement, int headEnd, List<Span> commands) {

    /** Characters of the file. */
    record Span(int start, int end) {}

    AlterTableText {
        commands = List.copyOf(commands);
    }

    /** Empty when the text is not what was expected. */
    static Optional<AlterTableText> of(Statement statement) {
        List<SqlToken> words = statement.words();
        int table = statement.offset(statement.node().child("relation")) - statement.start();
        int next = 0;
        while (next < words.size() && words.get(next).start() < table) {
            next++;
        }
        next++;
        while (next < words.size() && continuesName(word(statement, words, next))) {
            next += word(statement, words, next).equals(".") ? 2 : 1;
        }
        if (next < 2 || next >= words.size()) {
            return Optional.empty();
        }
        List<Span> spans = spans(statement, words.subList(next, words.size()));
        int wanted = statement.node().list("cmds").size();
        int headEnd = statement.start() + words.get(next - 1).end();
        return spans.size() == wanted ? Optional.of(new AlterTableText(statement, headEnd, spans)) : Optional.empty();
    }

    /** {@code alter table if exists only a.t}, as written. */
    String head() {
        return statement.slice(statement.start(), headEnd);
    }

    /** A command as written. */
    String text(int command) {
        return statement.slice(
                commands.get(command).start(), commands.get(command).end());
    }

    private static boolean continuesName(String word) {
        return word.equals(".") || word.equals("*") || word.equals(")");
    }

    private static String word(Statement statement, List<SqlToken> words, int index) {
        return words.get(index).text(statement.text());
    }

    private static List<Span> spans(Statement statement, List<SqlToken> words) {
        List<Span> spans = new ArrayList<>();
        int depth = 0;
        int first = 0;
        for (int index = 0; index <= words.size(); index++) {
            String word = index == words.size() ? "," : word(statement, words, index);
            depth += word.equals("(") || word.equals("[") ? 1 : word.equals(")") || word.equals("]") ? -1 : 0;
            if (word.equals(",") && depth == 0 && index > first) {
                spans.add(new Span(
                        statement.start() + words.get(first).start(),
                        statement.start() + words.get(index - 1).end()));
                first = index + 1;
            }
        }
        return spans;
    }
}
