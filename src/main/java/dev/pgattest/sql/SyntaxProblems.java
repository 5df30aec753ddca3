package dev.pgattest.sql;

import dev.pgattest.Place;
import dev.pgattest.Problem;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL's grammar has against the SQL files of a project. It knows no tables: names are checked by the server. */
public final class SyntaxProblems {

    private SyntaxProblems() {}

    /**
     * Checks the file of a query: one statement, with {@code :named} parameters.
     *
     * @param file path as the user knows it
     * @param text what is in the file
     * @return the problem at its line and column; empty when the file is good
     */
    public static List<Problem> inQuery(String file, String text) {
        NamedSqlResult result = NamedSql.parse(text);
        if (result instanceof SyntaxError error) {
            return List.of(problem(file, text, error));
        }
        NamedSql query = (NamedSql) result;
        if (Grammar.parse(query.numbered().text()) instanceof SyntaxError error) {
            int offset = query.numbered().originalOffset(error.offset());
            return List.of(problem(file, text, new SyntaxError(named(query, error.message()), error.remedy(), offset)));
        }
        return List.of();
    }

    /**
     * Checks a script of any number of statements without parameters, such as a migration.
     *
     * @param file path as the user knows it
     * @param text what is in the file
     * @return one problem for each bad statement, in order; empty when there is none
     */
    public static List<Problem> inScript(String file, String text) {
        List<Problem> problems = new ArrayList<>();
        SqlTokens tokens = SqlLexer.tokens(text);
        for (SqlToken token : tokens.list()) {
            if (token.kind() == SqlToken.Kind.META_COMMAND) {
                String command = token.text(text).strip();
                problems.add(problem(
                        file,
                        text,
                        new SyntaxError(
                                command + " is a command of psql, which reads it itself; no server does",
                                "Delete the line.",
                                token.start())));
            }
        }
        for (SqlStatement statement : SqlScript.statements(tokens)) {
            if (Grammar.parse(statement.text()) instanceof SyntaxError error) {
                problems.add(problem(file, text, error.movedBy(statement.start())));
            }
        }
        return List.copyOf(problems);
    }

    /** The grammar quotes $1 where the user wrote a name. */
    private static String named(NamedSql query, String message) {
        String named = message;
        for (int number = 1; number <= query.parameters().size(); number++) {
            named = named.replace(
                    "\"$" + number + "\"", "\":" + query.parameters().get(number - 1) + "\"");
        }
        return named;
    }

    private static Problem problem(String file, String text, SyntaxError error) {
        Place place = Place.of(text, error.offset());
        return new Problem(file, place.line(), place.column(), error.message(), error.remedy());
    }
}
