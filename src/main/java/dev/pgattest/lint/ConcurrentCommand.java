package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A command that works beside readers and writers in several transactions of its own, and leaves something behind when it is stopped.
 *
 * @param words what it is, such as {@code CREATE INDEX CONCURRENTLY}
 * @param subject what it is about, with the user's names
 * @param leftover what an interruption leaves behind
 * @param scans whether it reads a whole table, so that it takes as long as the table is large
 */
record ConcurrentCommand(String words, String subject, String leftover, boolean scans) {

    /** The command of a statement; empty when it is none of these. */
    static Optional<ConcurrentCommand> of(Statement statement) {
        ParseNode node = statement.node();
        return switch (node.kind()) {
            case "IndexStmt" -> node.flag("concurrent") ? Optional.of(create(node)) : Optional.empty();
            case "DropStmt" -> node.flag("concurrent") ? Optional.of(drop(node)) : Optional.empty();
            case "ReindexStmt" ->
                Options.isOn(node.list("params"), "concurrently") ? Optional.of(reindex(node)) : Optional.empty();
            case "AlterTableStmt" ->
                Alteration.of(node).stream()
                        .filter(each -> each.definition().flag("concurrent"))
                        .map(ConcurrentCommand::detach)
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private static ConcurrentCommand create(ParseNode node) {
        String name = IndexText.name(node);
        String index = new QualifiedName(null, name).sql();
        return new ConcurrentCommand("CREATE INDEX CONCURRENTLY", index, "the invalid index " + index, true);
    }

    private static ConcurrentCommand drop(ParseNode node) {
        String indexes =
                node.list("objects").stream().map(ConcurrentCommand::shown).collect(Collectors.joining(", "));
        return new ConcurrentCommand(
                "DROP INDEX CONCURRENTLY", indexes, indexes + " invalid, but kept up to date by every write", false);
    }

    private static ConcurrentCommand reindex(ParseNode node) {
        ParseNode relation = node.child("relation");
        String subject = relation.has("relname") ? shown(relation.text("schemaname"), relation.text("relname")) : "";
        return new ConcurrentCommand(
                "REINDEX CONCURRENTLY",
                subject.isEmpty() && !node.text("name").isEmpty() ? node.text("name") : subject,
                "an invalid index whose name ends in _ccnew or _ccold",
                true);
    }

    private static ConcurrentCommand detach(Alteration each) {
        ParseNode partition = each.definition().child("name");
        String shown = shown(partition.text("schemaname"), partition.text("relname"));
        return new ConcurrentCommand(
                "DETACH PARTITION CONCURRENTLY",
                shown,
                shown + " half detached, until DETACH PARTITION ... FINALIZE",
                false);
    }

    /** The name of an object in a {@code DROP} as SQL writes it. */
    static String shown(ParseNode object) {
        List<String> parts = object.names("items");
        return shown(parts.size() < 2 ? "" : parts.get(parts.size() - 2), parts.get(parts.size() - 1));
    }

    private static String shown(String schema, String name) {
        return new QualifiedName(schema.isEmpty() ? null : schema, name).sql();
    }

    /** SQL that may not stand in a transaction, with a hint to move it where the visited statement does. */
    static String outside(Visit visit, String sql) {
        return visit.inTransaction() ? "-- outside of the transaction, in a file of its own if need be:\n" + sql : sql;
    }

    @Override
    public String toString() {
        return subject.isEmpty() ? words : words + " of " + subject;
    }
}
