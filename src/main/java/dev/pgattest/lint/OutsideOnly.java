package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands that PostgreSQL runs outside of transactions only, besides those that are concurrent. */
final class OutsideOnly {

    private static final Set<String> REINDEX_MANY =
            Set.of("REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE");
    private static final int ENUM_VALUES_SINCE = 12;

    private OutsideOnly() {}

    /** What a statement is, in words; empty for one that may run in a transaction. */
    static Optional<String> words(ParseNode node, int version) {
        return switch (node.kind()) {
            case "VacuumStmt" -> when(node.flag("is_vacuumcmd"), "VACUUM");
            case "CreatedbStmt" -> Optional.of("CREATE DATABASE");
            case "DropdbStmt" -> Optional.of("DROP DATABASE");
            case "CreateTableSpaceStmt" -> Optional.of("CREATE TABLESPACE");
            case "DropTableSpaceStmt" -> Optional.of("DROP TABLESPACE");
            case "AlterSystemStmt" -> Optional.of("ALTER SYSTEM");
            case "AlterDatabaseStmt" ->
                when(Options.find(node.list("options"), "tablespace").isPresent(), "ALTER DATABASE ... SET TABLESPACE");
            case "ReindexStmt" ->
                when(
                        REINDEX_MANY.contains(node.text("kind")) && !Options.isOn(node.list("params"), "concurrently"),
                        "REINDEX of more than one table");
            case "ClusterStmt" -> when(!node.has("relation"), "CLUSTER of everything");
            case "DiscardStmt" -> when(node.text("target").equals("DISCARD_ALL"), "DISCARD ALL");
            case "CreateSubscriptionStmt" -> when(makesSlot(node.list("options")), "CREATE SUBSCRIPTION with a slot");
            case "AlterEnumStmt" ->
                when(version < ENUM_VALUES_SINCE && node.text("oldVal").isEmpty(), "ADD VALUE before PostgreSQL 12");
            default -> Optional.empty();
        };
    }

    private static boolean makesSlot(List<ParseNode> options) {
        return List.of("connect", "create_slot").stream()
                .allMatch(option -> Options.find(options, option).isEmpty() || Options.isOn(options, option));
    }

    private static Optional<String> when(boolean condition, String words) {
        return condition ? Optional.of(words) : Optional.empty();
    }
}
