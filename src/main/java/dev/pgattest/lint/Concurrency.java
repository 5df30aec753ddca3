package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;

/** Statements that work concurrently in several transactions of their own, so that they cannot be part of one. */
final class Concurrency {

    private Concurrency() {}

    /** Whether it is CREATE, DROP or REINDEX ... CONCURRENTLY, or DETACH PARTITION ... CONCURRENTLY. */
    static boolean isConcurrent(ParseNode statement) {
        return !words(statement).isEmpty();
    }

    /** The command in words; empty when it is none of them. */
    static String words(ParseNode statement) {
        return switch (statement.kind()) {
            case "IndexStmt" -> statement.flag("concurrent") ? "CREATE INDEX CONCURRENTLY" : "";
            case "DropStmt" -> statement.flag("concurrent") ? "DROP INDEX CONCURRENTLY" : "";
            case "ReindexStmt" -> Options.isOn(statement.list("params"), "concurrently") ? "REINDEX CONCURRENTLY" : "";
            case "AlterTableStmt" ->
                Alteration.of(statement).stream()
                                .anyMatch(each -> each.is("AT_DetachPartition")
                                        && each.definition().flag("concurrent"))
                        ? "DETACH PARTITION CONCURRENTLY"
                        : "";
            default -> "";
        };
    }
}
