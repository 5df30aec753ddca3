package dev.pgattest.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Parses the bodies of a text one by one: the library tells neither which of several is wrong nor where. */
final class Plpgsql {

    private static final String REMEDY = "Correct the body; this is how far PL/pgSQL 18 can read it.";

    /** What grammar and scanner say; all other messages are about types and names, of which the library only knows what the text says. */
    private static final Pattern SYNTAX =
            Pattern.compile("at or near \"|at end of input$|at end of SQL expression$|^memory exhausted");

    /** What the library answers to a statement; empty when it is nested too deeply. */
    private final Function<String, Optional<LibpgQueryModule.Answer>> library;

    private final Function<String, Optional<JsonNode>> json;

    Plpgsql(Function<String, Optional<LibpgQueryModule.Answer>> library, Function<String, Optional<JsonNode>> json) {
        this.library = library;
        this.json = json;
    }

    PlpgsqlResult parse(SyntaxTree tree) {
        List<JsonNode> functions = new ArrayList<>();
        for (PlpgsqlBody body : PlpgsqlBody.of(tree)) {
            Optional<LibpgQueryModule.Answer> answer = library.apply(body.statement());
            String message = message(answer);
            if (SYNTAX.matcher(message).find()) {
                int offset = body.offset(message, statement -> message(library.apply(statement)));
                return new SyntaxError(message, REMEDY, offset);
            }
            Optional<JsonNode> functionsOfBody =
                    answer.map(LibpgQueryModule.Answer::tree).flatMap(json);
            if (functionsOfBody.isEmpty()) {
                return new PlpgsqlUnread(message.isEmpty() ? "the body is nested too deeply" : message);
            }
            functionsOfBody.get().path("plpgsql_funcs").forEach(each -> functions.add(each.path("PLpgSQL_function")));
        }
        return new PlpgsqlTree(tree.text(), functions);
    }

    private static String message(Optional<LibpgQueryModule.Answer> answer) {
        return answer.map(LibpgQueryModule.Answer::message).orElse("");
    }
}
