package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules about building, rebuilding and removing indexes, and the like, without CONCURRENTLY while others use the table. */
final class IndexBuildRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("index-not-concurrent")
                    .page(new Page(
                            "CREATE INDEX without CONCURRENTLY",
                            "The build holds a SHARE lock on the table: every INSERT, UPDATE and DELETE waits until the index is"
                                    + " complete. On a partitioned table all partitions are locked until the last index is built.",
                            "Build it with CREATE INDEX CONCURRENTLY, outside of a transaction. A partitioned table takes an index"
                                    + " ON ONLY the parent, one built concurrently on each partition, and ALTER INDEX ... ATTACH"
                                    + " PARTITION. A table that the same file has made is exempt.",
                            "Manual, CREATE INDEX, \"Building Indexes Concurrently\"."))
                    .provedBy(new Proof.TakesLock(LockMode.SHARE, "orders"))
                    .checks(IndexBuildRules::create),
            LintRule.error("drop-index-not-concurrent")
                    .page(new Page(
                            "DROP INDEX without CONCURRENTLY",
                            "It takes an ACCESS EXCLUSIVE lock on the index's table. While it waits for a long query, every other"
                                    + " query of the table waits behind it.",
                            "Remove it with DROP INDEX CONCURRENTLY, one index a statement, outside of a transaction. Indexes of"
                                    + " partitioned tables have no such form: give those a short lock_timeout and try again.",
                            "Manual, DROP INDEX, CONCURRENTLY."))
                    .provedBy(new Proof.TakesLock(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(IndexBuildRules::drop),
            LintRule.error("reindex-not-concurrent")
                    .page(new Page(
                            "REINDEX without CONCURRENTLY",
                            "The table is locked against writes, and each index against use, until it is rebuilt: queries that would"
                                    + " use it wait too.",
                            "Rebuild with REINDEX ... CONCURRENTLY, outside of a transaction.",
                            "Manual, REINDEX, \"Rebuilding Indexes Concurrently\"."))
                    .provedBy(new Proof.TakesLock(LockMode.SHARE, "orders"))
                    .checks(IndexBuildRules::reindex),
            LintRule.error("detach-not-concurrent")
                    .page(new Page(
                            "DETACH PARTITION without CONCURRENTLY",
                            "It takes an ACCESS EXCLUSIVE lock on the partitioned table: every query of any partition through the"
                                    + " parent waits while it waits.",
                            "Detach with DETACH PARTITION ... CONCURRENTLY, outside of a transaction. It is refused while the table has"
                                    + " a default partition; the rule then says nothing.",
                            "Manual, ALTER TABLE, DETACH PARTITION."))
                    .versions(14, Integer.MAX_VALUE)
                    .provedBy(new Proof.TakesLock(LockMode.ACCESS_EXCLUSIVE, "events"))
                    .checks(IndexBuildRules::detach),
            LintRule.error("refresh-not-concurrent")
                    .page(new Page(
                            "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
                            "It holds an ACCESS EXCLUSIVE lock on the view for as long as the view's query takes: nobody can read it.",
                            "Refresh with CONCURRENTLY, which needs a unique index over columns of all rows. The first refresh of a"
                                    + " view made WITH NO DATA cannot, and is exempt.",
                            "Manual, REFRESH MATERIALIZED VIEW."))
                    .provedBy(new Proof.TakesLock(LockMode.ACCESS_EXCLUSIVE, "sales"))
                    .checks(IndexBuildRules::refresh));

    private IndexBuildRules() {}

    private static void create(Visit visit) {
        if (!visit.is("IndexStmt")
                || visit.node().flag("concurrent")
                || visit.session().isNew(visit.relation())
                || isKind(visit, Kind.MATERIALIZED_VIEW)) {
            return;
        }
        if (isKind(visit, Kind.PARTITIONED_TABLE)) {
            if (visit.node().child("relation").flag("inh")) {
                visit.find("CREATE INDEX holds a SHARE lock on " + visit.shown()
                                + " and all its partitions: writes wait until the last index is built")
                        .remedy(ConcurrentCommand.outside(visit, PartitionedIndex.steps(visit)))
                        .add();
            }
            return;
        }
        // ON ONLY is written for partitioned tables, where it locks nobody out for long.
        if (visit.node().child("relation").flag("inh") || isKind(visit, Kind.TABLE)) {
            insertConcurrently(
                    visit,
                    "CREATE INDEX holds a SHARE lock on " + visit.shown() + ": writes wait until the index is built",
                    "index");
        }
    }

    private static boolean isKind(Visit visit, Kind kind) {
        return visit.session()
                .objects()
                .table(visit.relation())
                .filter(table -> table.kind() == kind)
                .isPresent();
    }

    private static void insertConcurrently(Visit visit, String message, String... behind) {
        Statement statement = visit.statement();
        List<Edit> edits = statement
                .after(behind)
                .map(at -> List.of(Edit.insert(at, " " + statement.keyword("concurrently"))))
                .orElse(List.of());
        visit.find(message)
                .remedy(ConcurrentCommand.outside(visit, statement.with(edits) + ";"))
                .fix(visit.inTransaction() ? List.of() : edits)
                .add();
    }

    private static void drop(Visit visit) {
        ParseNode node = visit.node();
        boolean drops = visit.is("DropStmt") && node.text("removeType").equals("OBJECT_INDEX");
        if (!drops || node.flag("concurrent")) {
            return;
        }
        List<ParseNode> stopping = node.list("objects").stream()
                .filter(object -> stopsTraffic(visit, object))
                .toList();
        if (stopping.isEmpty()) {
            return;
        }
        String names = stopping.stream().map(ConcurrentCommand::shown).collect(Collectors.joining(", "));
        String message = "DROP INDEX of " + names
                + " takes an ACCESS EXCLUSIVE lock on its table: reads and writes wait behind it while it waits";
        if (node.list("objects").size() == 1 && !node.text("behavior").equals("DROP_CASCADE")) {
            insertConcurrently(visit, message, "index");
            return;
        }
        visit.find(message)
                .remedy(ConcurrentCommand.outside(visit, IndexDrops.oneByOne(visit.statement()) + ";"))
                .add();
    }

    private static boolean stopsTraffic(Visit visit, ParseNode object) {
        QualifiedName name = SessionChanges.objectName(visit.session(), object);
        return !visit.session().isOnNewTable(name) && !IndexDrops.isOfPartitionedTable(visit.session(), name);
    }

    private static void reindex(Visit visit) {
        ParseNode node = visit.node();
        if (!visit.is("ReindexStmt") || Options.isOn(node.list("params"), "concurrently")) {
            return;
        }
        String object = node.text("kind").replace("REINDEX_OBJECT_", "").toLowerCase(Locale.ROOT);
        boolean named = node.child("relation").has("relname");
        boolean harmless = named
                && (object.equals("index")
                        ? visit.session().isOnNewTable(visit.relation())
                        : visit.session().isNew(visit.relation()));
        if (harmless) {
            return;
        }
        if (object.equals("system")) {
            visit.find("REINDEX SYSTEM locks one system catalog after the other; it has no concurrent form")
                    .remedy("run it only while nobody uses the database")
                    .add();
            return;
        }
        String subject = named ? visit.shown() : "every table of the " + object;
        insertConcurrently(
                visit,
                "REINDEX locks " + subject
                        + " against writes, and queries that want the index wait until it is rebuilt",
                object);
    }

    private static void detach(Visit visit) {
        for (Alteration each : visit.alterationsOfOldTable()) {
            boolean plain = each.is("AT_DetachPartition") && !each.definition().flag("concurrent");
            if (plain
                    && visit.session()
                            .objects()
                            .partitions()
                            .defaultOf(visit.relation())
                            .isEmpty()) {
                Statement statement = visit.statement();
                List<Edit> edits = List.of(Edit.insert(statement.end(), " " + statement.keyword("concurrently")));
                visit.find("DETACH PARTITION takes an ACCESS EXCLUSIVE lock on " + visit.shown()
                                + ": reads and writes of all partitions wait behind it while it waits")
                        .remedy(ConcurrentCommand.outside(visit, statement.with(edits) + ";"))
                        .fix(visit.inTransaction() ? List.of() : edits)
                        .add();
            }
        }
    }

    private static void refresh(Visit visit) {
        if (!visit.is("RefreshMatViewStmt")
                || visit.node().flag("concurrent")
                || visit.node().flag("skipData")
                || visit.session().isNew(visit.relation())
                || visit.session().objects().isUnpopulated(visit.relation())) {
            return;
        }
        Statement statement = visit.statement();
        List<Edit> edits = statement
                .after("materialized", "view")
                .map(at -> List.of(Edit.insert(at, " " + statement.keyword("concurrently"))))
                .orElse(List.of());
        boolean ready = !ConcurrentIndexRules.lacksUniqueIndex(visit.session(), visit.relation());
        visit.find("REFRESH MATERIALIZED VIEW holds an ACCESS EXCLUSIVE lock on " + visit.shown()
                        + ": reads wait until its query has run")
                .remedy((ready ? "" : "-- once there is a unique index over columns of " + visit.shown() + ":\n")
                        + statement.with(edits) + ";")
                .fix(ready && visit.session().objects().table(visit.relation()).isPresent() ? edits : List.of())
                .add();
    }
}
