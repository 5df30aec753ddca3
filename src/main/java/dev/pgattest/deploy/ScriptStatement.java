package dev.pgattest.deploy;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A statement of a state's script and what it did to the indexes when it ran on empty tables.
 *
 * @param file the script
 * @param line its line
 * @param text without the semicolon
 * @param made the indexes that it made
 * @param removed the indexes that it removed
 */
public record ScriptStatement(String file, int line, String text, Set<QualifiedName> made, Set<QualifiedName> removed) {

    private static final Set<String> ROWS = Set.of(
            "SelectStmt",
            "InsertStmt",
            "UpdateStmt",
            "DeleteStmt",
            "MergeStmt",
            "CallStmt",
            "DoStmt",
            "CopyStmt",
            "CreateTableAsStmt",
            "TruncateStmt");

    /** See the pages of these commands: each says that it cannot stand in a transaction block. */
    private static final Set<String> NEVER_IN_TRANSACTION = Set.of(
            "CreatedbStmt",
            "DropdbStmt",
            "AlterSystemStmt",
            "CreateTableSpaceStmt",
            "DropTableSpaceStmt",
            "CreateSubscriptionStmt",
            "DropSubscriptionStmt",
            "AlterSubscriptionStmt");

    private static final ParseNode UNREAD = new ParseNode("", JsonNodeFactory.instance.objectNode());

    private static final Set<String> INDEX_CONSTRAINTS = Set.of("CONSTR_PRIMARY", "CONSTR_UNIQUE");

    public ScriptStatement {
        made = Set.copyOf(made);
        removed = Set.copyOf(removed);
    }

    /** What becomes of a statement. */
    enum Role {
        /** Makes, renames or alters an index, which the comparison of the catalogs decides about. */
        INDEX,
        /** Removes one, likewise. */
        INDEX_GONE,
        /** Says something about one, likewise. */
        INDEX_COMMENT,
        SETTING,
        RESET,
        BEGIN,
        COMMIT,
        /** Changes the schema. */
        SCHEMA,
        /** Changes the schema in a way that others see only after the end of the transaction. */
        LAST_OF_TRANSACTION,
        /** Reads or writes rows. */
        ROWS,
        REFRESH,
        ANALYZE,
        /** Cannot stand in a transaction, and may be run twice. */
        REPEATABLE,
        /** Cannot stand in a transaction. */
        REFUSED
    }

    /** Its tree; one without a kind when this grammar cannot read what the server could. */
    public ParseNode node() {
        return Grammar.parse(text) instanceof SyntaxTree tree
                        && tree.statements().size() == 1
                ? ParseNode.of(tree.statements().get(0))
                : UNREAD;
    }

    /** Where it stands, {@code file:line}. */
    String place() {
        return file + ":" + line;
    }

    static Role role(ParseNode node) {
        if (NEVER_IN_TRANSACTION.contains(node.kind())) {
            return Role.REFUSED;
        }
        if (ROWS.contains(node.kind())) {
            return Role.ROWS;
        }
        return switch (node.kind()) {
            case "IndexStmt" -> Role.INDEX;
            case "DropStmt" -> node.text("removeType").equals("OBJECT_INDEX") ? Role.INDEX_GONE : Role.SCHEMA;
            case "CommentStmt" -> node.text("objtype").equals("OBJECT_INDEX") ? Role.INDEX_COMMENT : Role.SCHEMA;
            case "VariableSetStmt" -> node.text("kind").startsWith("VAR_RESET") ? Role.RESET : Role.SETTING;
            case "TransactionStmt" -> ofTransaction(node.text("kind"));
            case "RefreshMatViewStmt" -> Role.REFRESH;
            case "VacuumStmt" -> node.flag("is_vacuumcmd") ? Role.REPEATABLE : Role.ANALYZE;
            case "ReindexStmt" -> Role.REPEATABLE;
            case "AlterEnumStmt" -> Role.LAST_OF_TRANSACTION;
            case "RenameStmt" -> node.text("renameType").equals("OBJECT_INDEX") ? Role.INDEX : Role.SCHEMA;
            case "AlterTableStmt" -> node.text("objtype").equals("OBJECT_INDEX") ? Role.INDEX : ofTable(node);
            default -> Role.SCHEMA;
        };
    }

    private static Role ofTransaction(String kind) {
        return switch (kind) {
            case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> Role.BEGIN;
            case "TRANS_STMT_COMMIT" -> Role.COMMIT;
            default -> Role.REFUSED;
        };
    }

    private static Role ofTable(ParseNode node) {
        List<ParseNode> commands = node.list("cmds");
        boolean detaches =
                commands.stream().anyMatch(command -> command.child("def").flag("concurrent"));
        if (detaches) {
            return Role.REFUSED;
        }
        boolean addsIndex = commands.size() == 1
                && commands.get(0).text("subtype").equals("AT_AddConstraint")
                && INDEX_CONSTRAINTS.contains(commands.get(0).child("def").text("contype"));
        return addsIndex ? Role.INDEX : Role.SCHEMA;
    }
}
