package dev.pgattest.schema;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.ParseResult;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxError;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SQL that makes an index: {@code CREATE INDEX}, or a constraint that comes with one. Where the index is to lie ({@code TABLESPACE}) and
 * how it is to be built ({@code CONCURRENTLY}, {@code IF NOT EXISTS}, {@code ONLY}) is left out, for it is no part of what it is.
 *
 * @param name name of the index, which is the constraint's too; null when the server is to choose
 * @param table the table as the text names it
 * @param definition what the index is
 * @param before the statement up to the table's name, without the index's
 * @param after the statement behind the table's name
 */
public record IndexStatement(
        @Nullable String name, QualifiedName table, IndexDefinition definition, String before, String after) {

    private static final String ONE_INDEX = "write one `create index` statement";
    private static final String ONE_CONSTRAINT =
            "write it as behind `alter table ... add`, for example `primary key (id)` or `unique (tenant_id, email)`";

    /** Reads a {@code CREATE INDEX} statement; problems have no place. */
    public static Result<IndexStatement> parse(String sql) {
        ParseResult parsed = Grammar.parse(sql);
        if (parsed instanceof SyntaxError error) {
            return wrong("the definition cannot be read: " + error.message(), ONE_INDEX);
        }
        SyntaxTree tree = (SyntaxTree) parsed;
        List<ParseNode> statements =
                tree.statements().stream().map(ParseNode::of).toList();
        if (statements.size() != 1 || !statements.get(0).is("IndexStmt")) {
            return wrong("the definition is not one `create index` statement", ONE_INDEX);
        }
        ParseNode statement = statements.get(0);
        IndexTail tail = new IndexTail(tree);
        return Result.of(new IndexStatement(
                name(statement.text("idxname")),
                table(statement.child("relation")),
                IndexDefinition.of(statement).orElseThrow(),
                statement.flag("unique") ? "create unique index on " : "create index on ",
                tail.behindTable(statement)));
    }

    /**
     * Reads a constraint of a table as it stands behind {@code add}, such as {@code primary key (id)}; problems have no place.
     *
     * @param name of the constraint
     */
    public static Result<IndexStatement> constraint(String name, QualifiedName table, String text) {
        String before = "alter table " + table.sql() + " add constraint " + Identifier.quote(name) + " ";
        ParseResult parsed = Grammar.parse(before + text);
        if (parsed instanceof SyntaxError error) {
            return wrong("the constraint cannot be read: " + error.message(), ONE_CONSTRAINT);
        }
        SyntaxTree tree = (SyntaxTree) parsed;
        List<ParseNode> commands = tree.statements().size() == 1
                ? ParseNode.of(tree.statements().get(0)).list("cmds")
                : List.of();
        ParseNode constraint = commands.size() == 1 ? commands.get(0).child("def") : ParseNode.of(tree.json());
        Optional<IndexDefinition> definition =
                constraint.is("Constraint") ? IndexDefinition.of(constraint) : Optional.empty();
        if (definition.isEmpty()) {
            return wrong("the constraint has no index of its own", ONE_CONSTRAINT);
        }
        return Result.of(new IndexStatement(
                name,
                table,
                definition.get(),
                "alter table ",
                " add" + new IndexTail(tree).behind(before.length() - 1, constraint)));
    }

    private static @Nullable String name(String name) {
        return name.isEmpty() ? null : name;
    }

    private static QualifiedName table(ParseNode relation) {
        return new QualifiedName(name(relation.text("schemaname")), relation.text("relname"));
    }

    private static Result<IndexStatement> wrong(String message, String remedy) {
        return Result.rejected(Problem.ofInput(message, remedy));
    }

    /** Name of the index; empty when the server is to choose. */
    public Optional<String> indexName() {
        return Optional.ofNullable(name);
    }

    /** The statement for another table, with a name of the server's choice. */
    public String on(QualifiedName other) {
        return before + other.sql() + after;
    }

    /** The statement for its own table, under a name. */
    public String named(String index) {
        String quoted = Identifier.quote(index);
        return before.startsWith("alter")
                ? before + table.sql() + " add constraint " + quoted + after.substring(" add".length())
                : before.replace(" on ", " " + quoted + " on ") + table.sql() + after;
    }
}
