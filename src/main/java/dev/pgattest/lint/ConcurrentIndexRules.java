package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexKey;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about commands that are CONCURRENTLY and cannot work, or end in a state that nobody wants. */
final class ConcurrentIndexRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("concurrently-on-partitioned")
                    .page(new Page(
                            "CREATE or DROP INDEX CONCURRENTLY on a partitioned table",
                            "PostgreSQL refuses it, with ON ONLY too.",
                            "Create the index ON ONLY the parent, build one concurrently on each partition and attach each: the"
                                    + " parent's index is valid with the last one. Drop it without CONCURRENTLY, under a short"
                                    + " lock_timeout. What the rule knows of a table is what the files say; ON ONLY alone counts too,"
                                    + " unless the table is known to be an ordinary one.",
                            "Manual, CREATE INDEX and DROP INDEX; DefineIndex in indexcmds.c."))
                    .provedBy(new Proof.Fails("0A000"))
                    .checks(ConcurrentIndexRules::partitioned),
            LintRule.error("drop-index-shape")
                    .page(new Page(
                            "DROP INDEX CONCURRENTLY of several indexes, or with CASCADE",
                            "PostgreSQL refuses both.",
                            "Write one statement for each index, without CASCADE.",
                            "Manual, DROP INDEX, CONCURRENTLY."))
                    .provedBy(new Proof.Fails("0A000"))
                    .checks(ConcurrentIndexRules::shape),
            LintRule.warning("if-not-exists-accepts-invalid")
                    .page(new Page(
                            "CREATE INDEX CONCURRENTLY IF NOT EXISTS with nothing that looks for an invalid index",
                            "A build that was stopped leaves an invalid index of that name. IF NOT EXISTS then reports success, and"
                                    + " no query will ever use the index, while every write keeps it up to date. It does the same for an index"
                                    + " with another definition and for a table of that name.",
                            "Remove what a failed build left with DROP INDEX CONCURRENTLY IF EXISTS and build without IF NOT EXISTS,"
                                    + " or look at pg_index.indisvalid in the same file.",
                            "Manual, CREATE INDEX, \"Building Indexes Concurrently\"; tried on a server."))
                    .provedBy(new Proof.Shows(
                            "the index is still invalid",
                            "select not indisvalid from pg_index where indexrelid = 'orders_customer'::regclass"))
                    .checksFiles(ConcurrentIndexRules::ifNotExists),
            LintRule.error("refresh-without-unique-index")
                    .page(new Page(
                            "REFRESH MATERIALIZED VIEW CONCURRENTLY without a unique index",
                            "PostgreSQL refuses it: it needs a unique index over columns of all rows to find what has changed.",
                            "Create a unique index on the view first: on columns, not on expressions, and without WHERE. The rule"
                                    + " looks at views that the files have made.",
                            "Manual, REFRESH MATERIALIZED VIEW, CONCURRENTLY."))
                    .provedBy(new Proof.Fails("55000"))
                    .checks(ConcurrentIndexRules::refresh),
            LintRule.info("unique-index-on-existing-table")
                    .page(new Page(
                            "A unique index on a table that may hold duplicates",
                            "Two rows that agree make the build fail at its end. Built concurrently, it leaves an invalid index"
                                    + " that already refuses new duplicates.",
                            "Look for duplicates, or remove them, in the same file before the build. A unique index whose columns"
                                    + " include those of another known one cannot fail and is exempt.",
                            "Manual, CREATE INDEX, UNIQUE and \"Building Indexes Concurrently\"."))
                    .provedBy(new Proof.Fails("23505"))
                    .checks(ConcurrentIndexRules::unique));

    private ConcurrentIndexRules() {}

    private static void partitioned(Visit visit) {
        if (visit.is("IndexStmt") && visit.node().flag("concurrent")) {
            Optional<KnownTable> table = visit.session().objects().table(visit.relation());
            boolean parent = table.map(KnownTable::isPartitioned).orElse(false);
            boolean only = !visit.node().child("relation").flag("inh");
            if (parent
                    || (only
                            && table.filter(each -> each.kind() != Kind.PARTITIONED_TABLE)
                                    .isEmpty())) {
                visit.find("CREATE INDEX CONCURRENTLY fails on the partitioned table " + visit.shown()
                                + (only ? ", with ON ONLY too" : ""))
                        .remedy(PartitionedIndex.steps(visit))
                        .add();
            }
        }
        if (isConcurrentDrop(visit)) {
            String indexes = visit.node().list("objects").stream()
                    .filter(object -> IndexDrops.isOfPartitionedTable(
                            visit.session(), SessionChanges.objectName(visit.session(), object)))
                    .map(ConcurrentCommand::shown)
                    .collect(Collectors.joining(", "));
            if (!indexes.isEmpty()) {
                visit.find("DROP INDEX CONCURRENTLY fails for the index of a partitioned table: " + indexes)
                        .remedy("set lock_timeout = '2s';\ndrop index " + indexes + ";")
                        .add();
            }
        }
    }

    private static boolean isConcurrentDrop(Visit visit) {
        return visit.is("DropStmt")
                && visit.node().text("removeType").equals("OBJECT_INDEX")
                && visit.node().flag("concurrent");
    }

    private static void shape(Visit visit) {
        if (!isConcurrentDrop(visit)) {
            return;
        }
        int count = visit.node().list("objects").size();
        boolean cascade = visit.node().text("behavior").equals("DROP_CASCADE");
        if (count > 1 || cascade) {
            Statement statement = visit.statement();
            String instead = IndexDrops.oneByOne(statement);
            boolean fixable = visit.mayBeReplaced();
            visit.find("DROP INDEX CONCURRENTLY fails "
                            + (count > 1 ? "for " + count + " indexes in one statement" : "with CASCADE"))
                    .remedy(instead + ";")
                    .fix(fixable ? List.of(new Edit(statement.start(), statement.end(), instead)) : List.of())
                    .add();
        }
    }

    private static void ifNotExists(FileEnd end) {
        Set<String> dropped = new HashSet<>();
        for (Statement statement :
                looksAtValidity(end) ? List.<Statement>of() : end.statements().of("IndexStmt", "DropStmt")) {
            ParseNode node = statement.node();
            if (statement.is("DropStmt") && node.text("removeType").equals("OBJECT_INDEX")) {
                node.list("objects").forEach(object -> dropped.add(last(object.names("items"))));
            }
            boolean relevant = statement.is("IndexStmt") && node.flag("concurrent") && node.flag("if_not_exists");
            if (relevant && !dropped.contains(node.text("idxname"))) {
                String name = new QualifiedName(null, node.text("idxname")).sql();
                String table = IndexText.table(statement);
                boolean qualified = node.child("relation").has("schemaname");
                String schema = qualified ? table.substring(0, table.lastIndexOf('.') + 1) : "";
                end.find(statement, "IF NOT EXISTS reports success when a failed build has left " + name + " invalid")
                        .remedy(statement.keyword("drop index concurrently if exists ") + schema
                                + IndexText.writtenName(statement) + ";\n"
                                + IndexText.withoutIfNotExists(statement) + ";")
                        .add();
            }
        }
    }

    private static boolean looksAtValidity(FileEnd end) {
        boolean[] found = {false};
        if (end.file().text().contains("indisvalid")) {
            end.statements()
                    .all()
                    .forEach(statement -> statement
                            .node()
                            .forEach(node ->
                                    found[0] |= node.constant().orElse("").contains("indisvalid")));
        }
        return found[0];
    }

    private static String last(List<String> parts) {
        return parts.get(parts.size() - 1);
    }

    private static void refresh(Visit visit) {
        if (visit.is("RefreshMatViewStmt")
                && visit.node().flag("concurrent")
                && lacksUniqueIndex(visit.session(), visit.relation())) {
            visit.find("REFRESH CONCURRENTLY fails: " + visit.shown() + " has no unique index over columns of all rows")
                    .remedy("create a unique index on columns of " + visit.shown()
                            + " whose values tell its rows apart, then refresh it")
                    .add();
        }
    }

    /** Whether the files have made a materialized view and no index that a concurrent refresh can use. */
    static boolean lacksUniqueIndex(Session session, QualifiedName view) {
        boolean known = session.objects()
                .table(view)
                .filter(table -> table.kind() == Kind.MATERIALIZED_VIEW)
                .isPresent();
        return known
                && session.objects().indexesOf(view).stream()
                        .flatMap(index -> IndexDefinition.of(index.definition()).stream())
                        .noneMatch(index -> index.isUnique()
                                && !index.isPartial()
                                && index.keys().stream().map(IndexKey::column).allMatch(Optional::isPresent));
    }

    private static void unique(Visit visit) {
        UniquenessCheck.note(visit);
        ParseNode node = visit.node();
        if (!visit.is("IndexStmt") || !node.flag("unique") || !mayFail(visit)) {
            return;
        }
        visit.find("the build fails if two rows agree in the columns of the unique index"
                        + (node.flag("concurrent") ? ", and leaves an invalid index that refuses new ones" : ""))
                .remedy(UniquenessCheck.query(visit.statement()) + "\n-- no row must come back before:\n"
                        + visit.statement().text() + ";")
                .add();
    }

    private static boolean mayFail(Visit visit) {
        IndexDefinition wanted = IndexDefinition.of(visit.node()).orElseThrow();
        boolean implied = visit.session().objects().indexesOf(visit.relation()).stream()
                .flatMap(known -> IndexDefinition.of(known.definition()).stream())
                .anyMatch(known -> known.enforces(wanted));
        String table = visit.node().child("relation").text("relname");
        return !implied && !visit.session().isNew(visit.relation()) && !UniquenessCheck.isNoted(visit, table);
    }
}
