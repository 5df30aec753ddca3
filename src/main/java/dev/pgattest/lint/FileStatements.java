package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements of a file that its end is judged by, in order. Those that only read or change rows have only their kind, unless they
 * look at indexes, and a CREATE TABLE lacks its columns and constraints, which the session knows. Of a large file the trees of all but
 * the first are kept as text, which takes a twentieth.
 */
final class FileStatements {

    private static final int HELD_CHARACTERS = 1 << 20;
    private static final Set<String> ROWS =
            Set.of("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CopyStmt", "CommentStmt");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode NOTHING = JSON.createObjectNode();

    private final List<Object> entries = new ArrayList<>();
    private long characters;

    /** A statement whose tree is kept as text. */
    private record Packed(Statement bare, String fields) {
        Statement unpacked() {
            return with(bare, JSON.readTree(fields));
        }
    }

    /** Adds a statement. */
    void append(Statement statement) {
        boolean counts = !ROWS.contains(statement.node().kind())
                || statement.text().toLowerCase(Locale.ROOT).contains("pg_index");
        characters += counts ? statement.text().length() : 0;
        Statement bare = with(statement, NOTHING);
        if (!counts) {
            entries.add(bare);
        } else if (characters <= HELD_CHARACTERS) {
            entries.add(with(statement, withoutElements(statement.node())));
        } else {
            entries.add(new Packed(bare, JSON.writeValueAsString(withoutElements(statement.node()))));
        }
    }

    private static JsonNode withoutElements(ParseNode node) {
        if (!node.is("CreateStmt")) {
            return node.fields();
        }
        ObjectNode fields = JSON.createObjectNode();
        node.fields().properties().forEach(field -> {
            if (!field.getKey().equals("tableElts")) {
                fields.set(field.getKey(), field.getValue());
            }
        });
        return fields;
    }

    private static Statement with(Statement statement, JsonNode fields) {
        return new Statement(
                statement.file(),
                statement.start(),
                statement.text(),
                new SyntaxTree(statement.text(), NOTHING),
                new ParseNode(statement.node().kind(), fields),
                statement.inside());
    }

    /** All, in order. Each is made from its text when it is asked for, so ask for {@link #of} some kinds where they suffice. */
    List<Statement> all() {
        return new Unpacking(entries);
    }

    /** Those of some kinds, in order. */
    List<Statement> of(String... kinds) {
        Set<String> wanted = Set.of(kinds);
        return new Unpacking(
                entries.stream().filter(entry -> wanted.contains(kind(entry))).toList());
    }

    private static String kind(Object entry) {
        Statement statement = entry instanceof Packed packed ? packed.bare() : (Statement) entry;
        return statement.node().kind();
    }

    private static final class Unpacking extends AbstractList<Statement> {
        private final List<Object> entries;

        Unpacking(List<Object> entries) {
            this.entries = entries;
        }

        @Override
        public Statement get(int index) {
            Object entry = entries.get(index);
            return entry instanceof Packed packed ? packed.unpacked() : (Statement) entry;
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}
