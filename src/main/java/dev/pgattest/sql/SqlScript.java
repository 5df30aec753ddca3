package dev.pgattest.sql;

import dev.pgattest.Lines;
import dev.pgattest.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Splits a text at the semicolons that end statements: not those in quotes, comments and parentheses ({@code create rule ... do (a; b)}),
 * nor those in the body of a routine in standard SQL ({@code begin atomic ... end}), as psql does.
 */
public final class SqlScript {

    /** Commands of psql that send what was typed, as a semicolon does. */
    private static final Pattern ENDS_STATEMENT = Pattern.compile("\\\\(g|gx|gset|gexec|gdesc|watch|crosstabview)\\b");

    private final SqlTokens tokens;
    private final Lines lines;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final List<String> firstWords = new ArrayList<>();
    private int start = -1;
    private int end = -1;
    private int parentheses;
    private int bodies;

    private SqlScript(SqlTokens tokens, Lines lines) {
        this.tokens = tokens;
        this.lines = lines;
    }

    /**
     * The statements in the order written; empty for a text of blanks, comments and semicolons. What is opened and never closed
     * belongs to the last statement.
     */
    public static List<SqlStatement> statements(String text) {
        return statements(SqlLexer.tokens(text));
    }

    /** The same for a text whose tokens are known. */
    public static List<SqlStatement> statements(SqlTokens tokens) {
        return statements(tokens, Lines.of(tokens.sql()));
    }

    /** The same for a text whose tokens and lines are known. */
    public static List<SqlStatement> statements(SqlTokens tokens, Lines lines) {
        SqlScript script = new SqlScript(tokens, lines);
        tokens.list().forEach(script::add);
        script.finishStatement();
        return List.copyOf(script.statements);
    }

    private void add(SqlToken token) {
        if (token.kind() == Kind.META_COMMAND
                && ENDS_STATEMENT.matcher(token.text(tokens.sql())).lookingAt()) {
            finishStatement();
            return;
        }
        if (token.kind().isBlank()) {
            return;
        }
        if (token.kind() == Kind.SEMICOLON && parentheses <= 0 && bodies == 0) {
            finishStatement();
            return;
        }
        switch (token.kind()) {
            case OPEN_PARENTHESIS -> parentheses++;
            case CLOSE_PARENTHESIS -> parentheses--;
            case WORD -> word(token.text(tokens.sql()).toLowerCase(Locale.ROOT));
            default -> {}
        }
        start = start < 0 ? token.start() : start;
        end = token.end();
    }

    private void word(String word) {
        if (firstWords.size() < 4) {
            firstWords.add(word);
        }
        if (bodies > 0) {
            bodies += word.equals("case") ? 1 : word.equals("end") ? -1 : 0;
        } else if (word.equals("begin") && parentheses <= 0 && createsRoutine()) {
            bodies = 1;
        }
    }

    private boolean createsRoutine() {
        if (firstWords.isEmpty() || !firstWords.get(0).equals("create")) {
            return false;
        }
        int kind = firstWords.size() == 4 && firstWords.subList(1, 3).equals(List.of("or", "replace")) ? 3 : 1;
        return List.of("function", "procedure").contains(firstWords.get(kind));
    }

    private void finishStatement() {
        if (start >= 0) {
            statements.add(new SqlStatement(tokens.sql().substring(start, end), start, lines.place(start)));
        }
        firstWords.clear();
        start = -1;
        parentheses = 0;
        bodies = 0;
    }
}
