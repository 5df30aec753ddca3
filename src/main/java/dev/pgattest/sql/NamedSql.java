package dev.pgattest.sql;

import dev.pgattest.sql.SqlToken.Kind;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One statement with {@code :named} parameters, in the forms that servers and drivers take. Comments and blanks around the
 * statement and the semicolon after it are left out of them.
 *
 * @param original the text as it was given
 * @param parameters the names without their colon, each once, in order of first appearance: the first is {@code $1}
 * @param numbered the statement with {@code $1} to {@code $n}; the same name has the same number
 * @param jdbc the statement with {@code ?} for every occurrence of a parameter; {@code ??} is an operator's question mark
 * @param jdbcParameters the names for the {@code ?} of {@code jdbc}, one for each
 * @param sent what the driver makes of {@code jdbc} and the server reports positions in: {@code $1} to {@code $k}, one for each
 *     occurrence
 */
public record NamedSql(
        String original,
        List<String> parameters,
        Rewritten numbered,
        Rewritten jdbc,
        List<String> jdbcParameters,
        Rewritten sent)
        implements NamedSqlResult {

    public NamedSql {
        parameters = List.copyOf(parameters);
        jdbcParameters = List.copyOf(jdbcParameters);
    }

    /**
     * Reads the one statement of a text. An error is a text without a statement or with several, something opened and never
     * closed, and a numbered parameter; whether the statement is correct is for {@link Grammar} to say.
     */
    public static NamedSqlResult parse(String text) {
        SqlTokens tokens = SqlLexer.tokens(text);
        SyntaxError unterminated = tokens.unterminated();
        if (unterminated != null) {
            return unterminated;
        }
        List<SqlStatement> statements = SqlScript.statements(tokens);
        if (statements.isEmpty()) {
            return new SyntaxError("there is no statement", "Write the statement.", 0);
        }
        if (statements.size() > 1) {
            SqlStatement second = statements.get(1);
            return new SyntaxError(
                    "there are " + statements.size() + " statements; the second begins here",
                    "Keep one statement here and move the others to places of their own.",
                    second.start());
        }
        SqlStatement only = statements.get(0);
        List<SqlToken> inside = tokens.list().stream()
                .filter(token -> token.start() >= only.start() && token.end() <= only.end())
                .toList();
        for (SqlToken token : inside) {
            if (token.kind() == Kind.NUMBERED_PARAMETER) {
                return new SyntaxError(
                        "numbered parameter " + token.text(text), "Write a named one, such as :id.", token.start());
            }
        }
        return of(text, inside);
    }

    private static NamedSql of(String text, List<SqlToken> tokens) {
        List<String> occurrences = tokens.stream()
                .filter(token -> token.kind() == Kind.NAMED_PARAMETER)
                .map(token -> text.substring(token.start() + 1, token.end()))
                .toList();
        List<String> parameters = List.copyOf(new LinkedHashSet<>(occurrences));
        Rewritten.Builder numbered = new Rewritten.Builder(text);
        Rewritten.Builder jdbc = new Rewritten.Builder(text);
        Rewritten.Builder sent = new Rewritten.Builder(text);
        int occurrence = 0;
        SqlToken before = tokens.get(0);
        for (SqlToken token : tokens) {
            if (token.kind() == Kind.NAMED_PARAMETER) {
                numbered.replace(token, "$" + (parameters.indexOf(occurrences.get(occurrence)) + 1));
                jdbc.replace(token, "?");
                sent.replace(token, "$" + ++occurrence);
            } else {
                numbered.copy(token);
                copyForDriver(token, before, jdbc, sent);
            }
            before = token;
        }
        return new NamedSql(text, parameters, numbered.build(), jdbc.build(), occurrences, sent.build());
    }

    /** To the driver ?? is the operator's question mark, so a parameter must not stand directly before one. */
    private static void copyForDriver(SqlToken token, SqlToken before, Rewritten.Builder jdbc, Rewritten.Builder sent) {
        if (token.kind() != Kind.OPERATOR) {
            jdbc.copy(token);
            sent.copy(token);
            return;
        }
        if (before.kind() == Kind.NAMED_PARAMETER) {
            jdbc.replace(token, " ");
            sent.replace(token, " ");
        }
        jdbc.copyDoubling(token, '?');
        sent.copy(token);
    }
}
