package dev.pgattest.lint;

import dev.pgattest.lint.Statement.Inside;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SyntaxError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements in another one: in the body of a {@code DO} block, a function or a procedure in PL/pgSQL or SQL, behind {@code EXPLAIN
 * ANALYZE}, and in {@code CREATE SCHEMA}.
 */
final class Bodies {

    private final Statement outer;
    private final Inside inside;

    private Bodies(Statement outer) {
        this.outer = outer;
        this.inside = outer.is("DoStmt") ? Inside.BLOCK : Inside.ROUTINE;
    }

    /**
     * What is in a body.
     *
     * @param statements in the order written
     * @param errors where the grammar stopped, with indexes in the file
     */
    record Content(List<Statement> statements, List<SyntaxError> errors) {
        static final Content NONE = new Content(List.of(), List.of());

        Content {
            statements = List.copyOf(statements);
            errors = List.copyOf(errors);
        }
    }

    /** The body of a statement; nothing when it has none, or one in another language. */
    static Content of(Statement outer) {
        return switch (outer.node().kind()) {
            case "DoStmt", "CreateFunctionStmt" -> new Bodies(outer).content();
            case "ExplainStmt" ->
                Options.isOn(outer.node().list("options"), "analyze")
                        ? part(outer, List.of(outer.node().child("query")))
                        : Content.NONE;
            case "CreateSchemaStmt" ->
                part(
                        outer,
                        outer.node().list("schemaElts").stream()
                                .map(each -> inSchema(each, outer.node().text("schemaname")))
                                .toList());
            default -> Content.NONE;
        };
    }

    private static Content part(Statement outer, List<ParseNode> nodes) {
        return new Content(
                nodes.stream()
                        .map(node -> new Statement(
                                outer.file(), outer.start(), outer.text(), outer.tree(), node, Inside.STATEMENT))
                        .toList(),
                List.of());
    }

    /** What {@code CREATE SCHEMA} makes is in the schema unless it says otherwise. */
    private static ParseNode inSchema(ParseNode element, String schema) {
        JsonNode copy = element.fields().deepCopy();
        for (String field : List.of("relation", "view", "sequence")) {
            if (copy.path(field) instanceof ObjectNode relation && !relation.has("schemaname") && !schema.isEmpty()) {
                relation.put("schemaname", schema);
            }
        }
        return new ParseNode(element.kind(), copy);
    }

    private Content content() {
        if (outer.node().has("sql_body")) {
            return new Content(parsedBody(), List.of());
        }
        Optional<String> body = text();
        if (body.isEmpty()) {
            return Content.NONE;
        }
        return switch (language()) {
            case "plpgsql" -> new PlpgsqlBody(outer, inside, body.get(), start(body.get())).content();
            case "sql" -> sqlBody(body.get());
            default -> Content.NONE;
        };
    }

    /** {@code BEGIN ATOMIC ... END} and {@code RETURN ...} are parsed with the statement itself. */
    private List<Statement> parsedBody() {
        List<Statement> statements = new ArrayList<>();
        ParseNode body = outer.node().child("sql_body");
        for (ParseNode list : body.is("List") ? body.list("items") : List.of(body)) {
            for (ParseNode each : list.is("List") ? list.list("items") : List.of(list)) {
                statements.add(new Statement(outer.file(), outer.start(), outer.text(), outer.tree(), each, inside));
            }
        }
        return statements;
    }

    private Content sqlBody(String body) {
        int start = start(body);
        List<Statement> statements = new ArrayList<>();
        List<SyntaxError> errors = new ArrayList<>();
        for (SqlStatement source : SqlScript.statements(body)) {
            SqlStatement inFile = new SqlStatement(source.text(), start + source.start(), source.place());
            StatementReader.Reading reading = StatementReader.read(outer.file(), inFile, inside);
            reading.statement().ifPresent(statements::add);
            reading.error().ifPresent(errors::add);
        }
        return new Content(statements, errors);
    }

    private List<ParseNode> options() {
        return outer.is("DoStmt") ? outer.node().list("args") : outer.node().list("options");
    }

    private String language() {
        String otherwise = outer.is("DoStmt") ? "plpgsql" : "sql";
        return Options.find(options(), "language")
                .flatMap(option -> option.child("arg").constant())
                .orElse(otherwise)
                .toLowerCase(Locale.ROOT);
    }

    private Optional<String> text() {
        return Options.find(options(), "as").map(option -> {
            ParseNode value = option.child("arg");
            return value.is("List") ? value.names("items").stream().findFirst().orElse("") : value.name();
        });
    }

    /** Index in the file of a body's first character. */
    private int start(String body) {
        for (SqlToken word : outer.words()) {
            String token = word.text(outer.text());
            if (word.kind() == Kind.DOLLAR_STRING) {
                int delimiter = token.indexOf('$', 1) + 1;
                if (token.length() == body.length() + 2 * delimiter && token.startsWith(body, delimiter)) {
                    return outer.start() + word.start() + delimiter;
                }
            } else if (word.kind() == Kind.STRING && token.replace("''", "'").contains(body)) {
                return outer.start() + word.start() + token.indexOf('\'') + 1;
            }
        }
        return outer.start();
    }
}
