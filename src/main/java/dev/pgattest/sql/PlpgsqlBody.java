package dev.pgattest.sql;

import dev.pgattest.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A statement with a body in PL/pgSQL: {@code do}, {@code create function}, {@code create procedure}.
 *
 * @param statement the statement's text
 * @param start where it begins in the text it was taken from
 * @param literal the token of the statement that holds the body
 */
record PlpgsqlBody(String statement, int start, SqlToken literal) {

    private static final Pattern QUOTED = Pattern.compile("at or near \"(.*)\"$", Pattern.DOTALL);

    /** The statements of a text that have such a body; others are left out, also functions in other languages. */
    static List<PlpgsqlBody> of(SyntaxTree tree) {
        List<PlpgsqlBody> bodies = new ArrayList<>();
        for (JsonNode raw : tree.json().path("stmts")) {
            int byteStart = raw.path("stmt_location").asInt(0);
            int byteLength = raw.path("stmt_len").asInt(0);
            int start = tree.offset(byteStart);
            int end = byteLength == 0 ? tree.text().length() : tree.offset(byteStart + byteLength);
            String statement = tree.text().substring(start, end);
            bodyLocation(raw.path("stmt"))
                    .flatMap(location -> literal(statement, tree.offset(location) - start))
                    .ifPresent(literal -> bodies.add(new PlpgsqlBody(statement, start, literal)));
        }
        return bodies;
    }

    /**
     * Where an error is, as an offset into the text that the statement was taken from. The library keeps that to itself, so the
     * shortest beginning of the body is looked for that has the same error: it ends with the token at which the parser stopped, or with
     * the SQL that this token is in.
     *
     * @param messageOf the library's message about a statement; empty when it finds nothing wrong
     */
    int offset(String message, UnaryOperator<String> messageOf) {
        if (literal.kind() != Kind.DOLLAR_STRING) {
            return start + literal.start();
        }
        int quote = statement.indexOf('$', literal.start() + 1) + 1 - literal.start();
        int bodyStart = literal.start() + quote;
        String body = statement.substring(bodyStart, literal.end() - quote);
        List<SqlToken> tokens = SqlLexer.tokens(body).list();
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            String beginning = statement.substring(
                    0, bodyStart + (middle == 0 ? 0 : tokens.get(middle - 1).end()));
            boolean same = messageOf
                    .apply(beginning + statement.substring(literal.end() - quote))
                    .equals(message);
            low = same ? low : middle + 1;
            high = same ? middle : high;
        }
        return start + bodyStart + place(message, body, tokens, low);
    }

    /** The last token that the message names, up to the end of so many tokens. */
    private static int place(String message, String body, List<SqlToken> tokens, int count) {
        if (count == 0 || message.endsWith("at end of input")) {
            return body.length();
        }
        SqlToken last = tokens.get(Math.min(count, tokens.size()) - 1);
        Matcher named = QUOTED.matcher(message);
        int found = named.find()
                ? body.lastIndexOf(named.group(1), last.end() - named.group(1).length())
                : -1;
        return found >= 0 ? found : last.start();
    }

    /** In bytes; empty when the statement has no body in PL/pgSQL. */
    private static Optional<Integer> bodyLocation(JsonNode statement) {
        boolean isDo = statement.has("DoStmt");
        JsonNode options = isDo ? statement.at("/DoStmt/args") : statement.at("/CreateFunctionStmt/options");
        String language = isDo ? "plpgsql" : "";
        Optional<Integer> location = Optional.empty();
        for (JsonNode option : options) {
            JsonNode element = option.path("DefElem");
            String name = element.path("defname").asString("");
            if (name.equals("language")) {
                language = element.at("/arg/String/sval").asString("").toLowerCase(Locale.ROOT);
            } else if (name.equals("as")) {
                location = Optional.of(element.path("location").asInt(0));
            }
        }
        return language.equals("plpgsql") ? location : Optional.empty();
    }

    private static Optional<SqlToken> literal(String statement, int from) {
        return SqlLexer.tokens(statement).list().stream()
                .filter(token -> token.start() >= from)
                .filter(token -> token.kind() == Kind.STRING || token.kind() == Kind.DOLLAR_STRING)
                .findFirst();
    }
}
