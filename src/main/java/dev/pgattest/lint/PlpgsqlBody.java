package dev.pgattest.lint;

import dev.pgattest.Place;
import dev.pgattest.lint.Statement.Inside;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.PlpgsqlResult;
import dev.pgattest.sql.PlpgsqlTree;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The SQL in a body in PL/pgSQL, with that of {@code EXECUTE} as far as its text is known. */
final class PlpgsqlBody {

    /** The kind of node that stands for an {@code EXECUTE} whose text is put together when it runs. */
    static final String DYNAMIC = "PLpgSQL_stmt_dynexecute";

    private static final String PERFORMED = "SELECT ";

    private final Statement outer;
    private final Inside inside;
    private final String body;
    private final int start;
    private final List<Statement> statements = new ArrayList<>();
    private int found;

    /**
     * A body.
     *
     * @param outer the statement that it belongs to
     * @param body its text
     * @param start index in the file of its first character
     */
    PlpgsqlBody(Statement outer, Inside inside, String body, int start) {
        this.outer = outer;
        this.inside = inside;
        this.body = body;
        this.start = start;
    }

    /** What can be read of the body. */
    Bodies.Content content() {
        PlpgsqlResult result = Grammar.plpgsql(outer.text());
        if (result instanceof SyntaxError error) {
            return new Bodies.Content(List.of(), List.of(error.movedBy(outer.start())));
        }
        if (result instanceof PlpgsqlTree tree) {
            tree.functions().forEach(function -> walk(function.path("action"), 0));
        }
        return new Bodies.Content(statements, List.of());
    }

    private void walk(JsonNode node, int line) {
        if (node.isArray()) {
            node.forEach(each -> walk(each, line));
        } else if (node.isObject()) {
            int here = node.path("lineno").asInt(line);
            node.properties().forEach(field -> {
                switch (field.getKey()) {
                    case "datums", "var", "row" -> {}
                    case DYNAMIC -> execute(field.getValue());
                    case "PLpgSQL_expr" -> expression(field.getValue(), here);
                    default -> walk(field.getValue(), here);
                }
            });
        }
    }

    /** Expressions that are whole statements have the parse mode of statements, which is absent or 0. */
    private void expression(JsonNode expression, int line) {
        String query = expression.path("query").asString("");
        if (expression.path("parseMode").asInt(0) == 0 && !query.isBlank()) {
            add(query, line);
        }
    }

    private void execute(JsonNode dynamic) {
        int line = dynamic.path("lineno").asInt(0);
        String expression =
                dynamic.path("query").path("PLpgSQL_expr").path("query").asString("");
        Optional<String> text = DynamicText.of(expression);
        int place = place(expression, line);
        List<Statement> read = text.map(known -> read(known, place)).orElse(List.of());
        if (read.isEmpty()) {
            String beginning = text.orElse("");
            ParseNode node = ParseNode.of(dynamic.deepCopy());
            statements.add(new Statement(
                    outer.file(), place, beginning, outer.tree(), new ParseNode(DYNAMIC, node.fields()), inside));
        }
        statements.addAll(read);
        walk(dynamic.path("params"), line);
    }

    private void add(String query, int line) {
        statements.addAll(read(query, place(query, line)));
    }

    private List<Statement> read(String query, int place) {
        return StatementReader.read(outer.file(), new SqlStatement(query, place, Place.START), inside)
                .statement()
                .stream()
                .toList();
    }

    /** Index in the file of a query that begins in a line of the body or below; the line's beginning when it is not found. */
    private int place(String query, int line) {
        int lineStart = 0;
        for (int each = 1; each < line && lineStart >= 0; each++) {
            lineStart = body.indexOf('\n', lineStart) + 1;
        }
        int from = Math.max(lineStart, found);
        int at = body.indexOf(query, from);
        if (at < 0 && query.startsWith(PERFORMED)) {
            at = body.indexOf(query.substring(PERFORMED.length()), from);
        }
        if (at < 0) {
            return start + lineStart;
        }
        found = at + 1;
        // In a body in single quotes, every quote before this place is doubled in the file.
        boolean doubled = !outer.file().text().startsWith(body, start);
        long quotes =
                doubled ? body.substring(0, at).chars().filter(c -> c == '\'').count() : 0;
        return start + at + (int) quotes;
    }
}
