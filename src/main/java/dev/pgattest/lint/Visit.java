package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken.Kind;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rule at a statement.
 *
 * @param rule the rule
 * @param statement the statement
 * @param file what is known of its file
 * @param session what is in force and what exists before it runs
 * @param settings the project's
 * @param sink takes findings
 */
record Visit(
        LintRule rule,
        Statement statement,
        FileOutline file,
        Session session,
        LintSettings settings,
        Consumer<Draft.Pending> sink) {

    /** A finding about the whole statement. */
    Draft find(String message) {
        Draft draft =
                new Draft(sink, rule, settings.severity(rule), file, message).at(statement.start(), statement.end());
        // The text of a body may stand in the file in another form: quotes doubled, an INTO left out.
        return statement.inside() == Statement.Inside.FILE ? draft : draft.withoutFix();
    }

    /** A finding about a part of the statement, from a node to the statement's end. */
    Draft find(ParseNode at, String message) {
        return find(message).at(statement.offset(at), statement.end());
    }

    boolean is(String... kinds) {
        return statement.is(kinds);
    }

    ParseNode node() {
        return statement.node();
    }

    /** Whether the file takes back what another one does, so that taking away is what it is for. */
    boolean inUndo() {
        return session.part().undo();
    }

    /** The full name of a relation that the statement names. */
    QualifiedName name(ParseNode rangeVar) {
        return session.name(rangeVar);
    }

    /** The full name of the statement's {@code relation}. */
    QualifiedName relation() {
        return session.name(node().child("relation"));
    }

    /** The commands of an {@code ALTER TABLE} of a table that others may be using. */
    List<Alteration> alterationsOfOldTable() {
        return is("AlterTableStmt") && !session.isNew(relation()) ? Alteration.of(node()) : List.of();
    }

    /** A name as the user wrote it, for messages and remedies: without the schema that nothing named. */
    String shown(ParseNode rangeVar) {
        return QualifiedNames.written(rangeVar);
    }

    /** A name given by its parts as the user wrote it. */
    String shown(List<String> parts) {
        String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
        return new QualifiedName(schema, parts.get(parts.size() - 1)).sql();
    }

    /** The statement's {@code relation} as the user wrote it. */
    String shown() {
        return shown(node().child("relation"));
    }

    /** A name made from that of the statement's {@code relation}, in the same schema. */
    String shownBeside(String suffix) {
        ParseNode relation = node().child("relation");
        String schema = relation.text("schemaname");
        return new QualifiedName(schema.isEmpty() ? null : schema, relation.text("relname") + suffix).sql();
    }

    /**
     * Whether all of its text may give way to other statements: not when a comment in it would be lost, or one beside it allows
     * something of this statement.
     */
    boolean mayBeReplaced() {
        boolean comments = SqlLexer.tokens(statement.text()).list().stream()
                .anyMatch(token -> token.kind() == Kind.LINE_COMMENT || token.kind() == Kind.BLOCK_COMMENT);
        boolean allowed = file.suppressions().stream()
                .anyMatch(
                        each -> !each.isForFile() && each.from() <= statement.start() && statement.start() < each.to());
        return statement.inside() == Statement.Inside.FILE && !comments && !allowed;
    }

    /** Whether it runs inside of a transaction: one of the file, one of the runner, or that of a block. */
    boolean inTransaction() {
        return session.transaction().isPresent() || statement.isInBody();
    }
}
