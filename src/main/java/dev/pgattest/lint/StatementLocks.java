package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The locks that a statement takes on relations that it names, as the manual's chapter "Explicit Locking" and the pages of the commands
 * have it.
 */
final class StatementLocks {

    /** {@code AlterTableGetLockLevel} in tablecmds.c, PostgreSQL 14 to 18. */
    private static final Set<String> SHARE_UPDATE_EXCLUSIVE = Set.of(
            "AT_SetStatistics",
            "AT_ClusterOn",
            "AT_DropCluster",
            "AT_SetOptions",
            "AT_ResetOptions",
            "AT_SetRelOptions",
            "AT_ResetRelOptions",
            "AT_ValidateConstraint",
            "AT_AttachPartition",
            "AT_DetachPartitionFinalize");

    private static final String[] TRIGGER_SWITCHES = {
        "AT_EnableTrig", "AT_DisableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig"
    };

    private final Session session;
    private final Map<QualifiedName, LockMode> locks = new LinkedHashMap<>();

    private StatementLocks(Session session) {
        this.session = session;
    }

    /** The strongest lock on each relation, in the order in which they are named. */
    static Map<QualifiedName, LockMode> of(ParseNode statement, Session session) {
        StatementLocks locks = new StatementLocks(session);
        locks.add(statement);
        return locks.locks;
    }

    private void add(ParseNode node) {
        switch (node.kind()) {
            case "SelectStmt" -> each(node, LockMode.ACCESS_SHARE);
            case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt" -> {
                each(node, LockMode.ACCESS_SHARE);
                lock(node.child("relation"), LockMode.ROW_EXCLUSIVE);
            }
            case "CopyStmt" ->
                lock(node.child("relation"), node.flag("is_from") ? LockMode.ROW_EXCLUSIVE : LockMode.ACCESS_SHARE);
            case "LockStmt" ->
                node.list("relations").forEach(relation -> lock(relation, LockMode.ofNumber(node.number("mode"))));
            case "IndexStmt" ->
                lock(
                        node.child("relation"),
                        node.flag("concurrent") ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
            case "CreateStmt" -> createTable(node);
            case "AlterTableStmt" -> alterTable(node);
            case "RenameStmt" -> rename(node);
            case "AlterObjectSchemaStmt", "RuleStmt" -> lock(node.child("relation"), LockMode.ACCESS_EXCLUSIVE);
            case "CreateTrigStmt" -> lock(node.child("relation"), LockMode.SHARE_ROW_EXCLUSIVE);
            case "CreatePolicyStmt", "AlterPolicyStmt" -> lock(node.child("table"), LockMode.ACCESS_EXCLUSIVE);
            case "CreateStatsStmt" ->
                node.list("relations").forEach(relation -> lock(relation, LockMode.SHARE_UPDATE_EXCLUSIVE));
            case "TruncateStmt" ->
                node.list("relations").forEach(relation -> lock(relation, LockMode.ACCESS_EXCLUSIVE));
            case "ClusterStmt" -> lock(node.child("relation"), LockMode.ACCESS_EXCLUSIVE);
            case "VacuumStmt" -> vacuum(node);
            case "RefreshMatViewStmt" ->
                lock(node.child("relation"), node.flag("concurrent") ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
            case "ReindexStmt" -> reindex(node);
            case "DropStmt" -> drop(node);
            default -> {}
        }
    }

    private void each(ParseNode node, LockMode mode) {
        node.all("RangeVar").forEach(relation -> lock(relation, mode));
    }

    private void lock(ParseNode relation, LockMode mode) {
        if (relation.has("relname")) {
            lock(session.name(relation), mode);
        }
    }

    private void lock(QualifiedName relation, LockMode mode) {
        locks.merge(relation, mode, (held, more) -> held.compareTo(more) >= 0 ? held : more);
    }

    private void createTable(ParseNode node) {
        LockMode parents = node.has("partbound") ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE;
        node.list("inhRelations").forEach(parent -> lock(parent, parents));
        if (node.has("partbound")) {
            node.list("inhRelations").forEach(this::lockDefaultPartition);
        }
        foreignKeys(node).forEach(key -> lock(key.child("pktable"), LockMode.SHARE_ROW_EXCLUSIVE));
    }

    private static List<ParseNode> foreignKeys(ParseNode node) {
        return node.all("Constraint").stream()
                .filter(constraint -> constraint.text("contype").equals("CONSTR_FOREIGN"))
                .toList();
    }

    private void alterTable(ParseNode node) {
        boolean index = node.text("objtype").equals("OBJECT_INDEX");
        for (Alteration each : Alteration.of(node)) {
            lock(node.child("relation"), index ? LockMode.SHARE_UPDATE_EXCLUSIVE : mode(each));
            foreignKeys(each.node()).forEach(key -> lock(key.child("pktable"), LockMode.SHARE_ROW_EXCLUSIVE));
            if (each.is("AT_AttachPartition") || each.is("AT_DetachPartition")) {
                lock(each.definition().child("name"), partition(each));
            }
            if (each.is("AT_AttachPartition")) {
                lockDefaultPartition(node.child("relation"));
            }
        }
    }

    /** It may have rows that belong into the new partition. */
    private void lockDefaultPartition(ParseNode parent) {
        session.objects()
                .partitions()
                .defaultOf(session.name(parent))
                .ifPresent(partition -> lock(partition, LockMode.ACCESS_EXCLUSIVE));
    }

    private static LockMode partition(Alteration each) {
        return each.definition().flag("concurrent") ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
    }

    private static LockMode mode(Alteration each) {
        if (SHARE_UPDATE_EXCLUSIVE.contains(each.type())
                || (each.is("AT_DetachPartition") && each.definition().flag("concurrent"))) {
            return LockMode.SHARE_UPDATE_EXCLUSIVE;
        }
        boolean switchesTrigger = List.of(TRIGGER_SWITCHES).stream()
                .anyMatch(prefix -> each.type().startsWith(prefix));
        return switchesTrigger || each.adds("CONSTR_FOREIGN")
                ? LockMode.SHARE_ROW_EXCLUSIVE
                : LockMode.ACCESS_EXCLUSIVE;
    }

    private void rename(ParseNode node) {
        boolean index = node.text("renameType").equals("OBJECT_INDEX");
        lock(node.child("relation"), index ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
    }

    private void vacuum(ParseNode node) {
        boolean full = Options.isOn(node.list("options"), "full");
        node.list("rels")
                .forEach(each -> lock(
                        each.child("relation"), full ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE));
    }

    private void reindex(ParseNode node) {
        LockMode mode =
                Options.isOn(node.list("params"), "concurrently") ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE;
        if (node.text("kind").equals("REINDEX_OBJECT_INDEX")) {
            session.objects().index(session.name(node.child("relation"))).ifPresent(index -> lock(index.table(), mode));
        } else {
            lock(node.child("relation"), mode);
        }
    }

    private void drop(ParseNode node) {
        for (ParseNode object : node.list("objects")) {
            List<String> parts = object.names("items");
            switch (node.text("removeType")) {
                case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW" ->
                    lock(SessionChanges.objectName(session, object), LockMode.ACCESS_EXCLUSIVE);
                case "OBJECT_INDEX" ->
                    session.objects()
                            .index(SessionChanges.objectName(session, object))
                            .ifPresent(index -> lock(
                                    index.table(),
                                    node.flag("concurrent")
                                            ? LockMode.SHARE_UPDATE_EXCLUSIVE
                                            : LockMode.ACCESS_EXCLUSIVE));
                case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
                    lock(session.name(parts.subList(0, parts.size() - 1)), LockMode.ACCESS_EXCLUSIVE);
                default -> {}
            }
        }
    }
}
