package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about files that fail halfway and are run again. */
final class RepeatRules {

    static final List<LintRule> ALL = List.of(LintRule.info("missing-if-exists")
            .page(new Page(
                    "Outside of a transaction, a statement that cannot be repeated, with others behind it",
                    "When a later statement of the file fails, what stands before it stays. The file is corrected and run again,"
                            + " and stops at what it has made or dropped itself.",
                    "Say IF NOT EXISTS or IF EXISTS, or put the file into a transaction. CREATE INDEX CONCURRENTLY and DROP INDEX"
                            + " CONCURRENTLY are not meant: there, IF NOT EXISTS takes an invalid index for a good one. IF NOT"
                            + " EXISTS looks at nothing but the name.",
                    "Manual, CREATE TABLE, \"IF NOT EXISTS\"; DROP TABLE, \"IF EXISTS\"."))
            .provedBy(new Proof.Fails("42P07"))
            .checksFiles(RepeatRules::unrepeatable));

    private static final Set<String> BEGINNING = Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START");
    private static final Set<String> ENDING = Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE");

    private static final Map<String, String> DROPPED = Map.ofEntries(
            Map.entry("OBJECT_TABLE", "table"),
            Map.entry("OBJECT_VIEW", "view"),
            Map.entry("OBJECT_MATVIEW", "view"),
            Map.entry("OBJECT_FOREIGN_TABLE", "table"),
            Map.entry("OBJECT_SEQUENCE", "sequence"),
            Map.entry("OBJECT_SCHEMA", "schema"),
            Map.entry("OBJECT_EXTENSION", "extension"),
            Map.entry("OBJECT_TYPE", "type"),
            Map.entry("OBJECT_DOMAIN", "domain"),
            Map.entry("OBJECT_FUNCTION", "function"),
            Map.entry("OBJECT_PROCEDURE", "procedure"),
            Map.entry("OBJECT_TRIGGER", "trigger"),
            Map.entry("OBJECT_POLICY", "policy"));

    private RepeatRules() {}

    private static void unrepeatable(FileEnd end) {
        boolean open = end.session().part().wrapped();
        Set<String> dropped = new HashSet<>();
        List<Statement> statements = end.statements().all();
        int last = lastThatMayFail(statements);
        for (int index = 0; index < last; index++) {
            Statement statement = statements.get(index);
            String transaction = statement.node().text("kind");
            if (statement.is("TransactionStmt")) {
                open = BEGINNING.contains(transaction)
                        || (open && !ENDING.contains(transaction))
                        || statement.node().flag("chain");
                continue;
            }
            List<Edit> edits = isForOldIndex(end, statement) ? List.of() : edits(statement, dropped);
            if (!open && !edits.isEmpty()) {
                boolean takes =
                        statement.is("DropStmt") || edits.get(0).text().equals(" " + statement.keyword("if exists"));
                end.find(
                                statement,
                                "when a later statement fails and this file runs again, this one fails: what it "
                                        + (takes ? "drops is gone" : "makes is there"))
                        .remedy(statement.with(edits) + ";")
                        .add();
            }
        }
    }

    /** Indexes of tables that are in use are built and dropped concurrently, where IF NOT EXISTS would accept an invalid one. */
    private static boolean isForOldIndex(FileEnd end, Statement statement) {
        ParseNode node = statement.node();
        return (statement.is("DropStmt") && node.text("removeType").equals("OBJECT_INDEX") && !node.flag("missing_ok"))
                || (statement.is("IndexStmt")
                        && !end.session().isNew(end.session().name(node.child("relation"))));
    }

    /** Nothing is repeated because of a statement behind which nothing can fail. */
    private static int lastThatMayFail(List<Statement> statements) {
        int last = statements.size() - 1;
        while (last > 0 && statements.get(last).is("VariableSetStmt", "TransactionStmt")) {
            last--;
        }
        return last;
    }

    /** The words that the statement lacks; {@code dropped} are the names that the file has dropped with IF EXISTS. */
    private static List<Edit> edits(Statement statement, Set<String> dropped) {
        ParseNode node = statement.node();
        return switch (node.kind()) {
            case "DropStmt" -> drop(statement, dropped);
            case "AlterTableStmt" -> alter(statement);
            case "AlterEnumStmt" ->
                node.has("oldVal") || node.flag("skipIfNewValExists") ? List.of() : make(statement, "value");
            case "IndexStmt" ->
                node.flag("concurrent") || node.text("idxname").isEmpty() || dropped.contains(node.text("idxname"))
                        ? List.of()
                        : make(statement, "index");
            case "CreateSchemaStmt" ->
                node.has("schemaElts") || dropped.contains(node.text("schemaname"))
                        ? List.of()
                        : make(statement, "schema");
            case "CreateExtensionStmt" -> make(statement, "extension");
            case "CreateSeqStmt" -> make(statement, "sequence", node.child("sequence"), dropped);
            case "CreateStmt" -> make(statement, "table", node.child("relation"), dropped);
            case "CreateForeignTableStmt" ->
                node.child("base").flag("if_not_exists")
                        ? List.of()
                        : make(statement, "table", node.child("base").child("relation"), dropped);
            case "CreateTableAsStmt" ->
                make(
                        statement,
                        node.text("objtype").equals("OBJECT_MATVIEW") ? "view" : "table",
                        node.child("into").child("rel"),
                        dropped);
            default -> List.of();
        };
    }

    private static List<Edit> make(Statement statement, String keyword, ParseNode relation, Set<String> dropped) {
        boolean repeatable = relation.text("relpersistence").equals("t") || dropped.contains(relation.text("relname"));
        return repeatable ? List.of() : make(statement, keyword);
    }

    private static List<Edit> make(Statement statement, String keyword) {
        return statement.node().flag("if_not_exists")
                ? List.of()
                : insert(statement, statement.after(keyword), "if not exists");
    }

    private static List<Edit> insert(Statement statement, Optional<Integer> place, String words) {
        return place.map(at -> List.of(Edit.insert(at, " " + statement.keyword(words))))
                .orElse(List.of());
    }

    private static List<Edit> drop(Statement statement, Set<String> dropped) {
        ParseNode node = statement.node();
        if (node.flag("missing_ok")) {
            for (ParseNode object : node.list("objects")) {
                List<String> parts = object.is("List") ? object.names("items") : List.of(object.name());
                dropped.add(parts.get(parts.size() - 1));
            }
            return List.of();
        }
        String keyword = DROPPED.get(node.text("removeType"));
        return keyword == null || node.flag("concurrent")
                ? List.of()
                : insert(statement, statement.after(keyword), "if exists");
    }

    private static List<Edit> alter(Statement statement) {
        List<Edit> edits = new ArrayList<>();
        for (Alteration each : Alteration.of(statement.node())) {
            if (each.node().flag("missing_ok")) {
                continue;
            }
            if (each.is("AT_AddColumn")) {
                int at = statement.offset(each.definition());
                // Behind the blank that stands before the name, so that all such edits read alike.
                edits.add(Edit.insert(at - 1, " " + statement.keyword("if not exists")));
            } else if (each.is("AT_DropColumn") || each.is("AT_DropConstraint")) {
                dropped(statement, each.name())
                        .ifPresent(at -> edits.add(Edit.insert(at, " " + statement.keyword("if exists"))));
            }
        }
        return edits;
    }

    /** Index before the blank in front of a name that stands behind {@code drop [column | constraint]}. */
    private static Optional<Integer> dropped(Statement statement, String name) {
        List<SqlToken> words = statement.words();
        for (int index = 1; index < words.size(); index++) {
            String before = words.get(index - 1).text(statement.text());
            String word = words.get(index).text(statement.text());
            boolean named = QualifiedName.parse(word)
                    .filter(parsed -> parsed.name().equals(name))
                    .isPresent();
            if (named && Set.of("drop", "column", "constraint").contains(before.toLowerCase(java.util.Locale.ROOT))) {
                return Optional.of(statement.start() + words.get(index - 1).end());
            }
        }
        return Optional.empty();
    }
}
