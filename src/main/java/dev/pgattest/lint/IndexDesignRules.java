package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;

/** Rules about the definition of an index: what cannot work, and what helps nobody. */
final class IndexDesignRules {

    private static final int MANY_KEYS = 5;

    static final List<LintRule> ALL = List.of(
            LintRule.warning("unnamed-index")
                    .page(new Page(
                            "CREATE INDEX without a name",
                            "PostgreSQL chooses a free name. A retry does not fail but builds the same index once more, a failed build"
                                    + " is hard to find, and an undo script cannot name what it removes.",
                            "Name the index. A table that the same file has made is exempt.",
                            "Manual, CREATE INDEX, name."))
                    .provedBy(
                            new Proof.Shows(
                                    "the retry has built the same index twice",
                                    "select count(*) > 1 from pg_index where indrelid = 'orders'::regclass and indkey::text = '2'"))
                    .checks(IndexDesignRules::unnamed),
            LintRule.error("non-immutable-index-expression")
                    .page(new Page(
                            "An index over a function or cast that is not IMMUTABLE",
                            "PostgreSQL refuses the index: the value could change while the row does not, with the clock, the time"
                                    + " zone or another setting.",
                            "Index the column itself and compute in the query, or fix what varies: at time zone 'UTC', a text search"
                                    + " configuration by name. The rule knows functions that have no immutable variant and, for columns whose"
                                    + " type the files tell, the functions and casts of dates and times, and functions that the files declare.",
                            "Manual, \"Function Volatility Categories\"; pg_proc.provolatile, compared by a test."))
                    .provedBy(new Proof.Fails("42P17"))
                    .alsoInRoutines()
                    .checks(IndexDesignRules::nonImmutable),
            LintRule.warning("too-many-key-columns")
                    .page(new Page(
                            "A B-tree with more than five keys",
                            "Each key makes every entry of the index larger and updates of its column dearer, while the last ones"
                                    + " hardly narrow a scan down. Such an index soon is as large as the table.",
                            "Keep the keys that searches begin with; what queries only read goes into INCLUDE. Unique indexes are"
                                    + " exempt, for their keys say what is unique.",
                            "Manual, \"Multicolumn Indexes\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "the indexes are larger than half of the table",
                                    "select pg_indexes_size('orders') - pg_relation_size('orders_pkey') > pg_relation_size('orders') / 2"))
                    .checks(IndexDesignRules::manyKeys),
            LintRule.warning("index-on-low-selectivity-boolean")
                    .page(new Page(
                            "An index over nothing but a boolean column",
                            "Each value stands in a large part of the rows, so that reading the whole table is cheaper: queries do not"
                                    + " use the index, writes still maintain it.",
                            "Index what the queries search or sort by, for the rare value alone: CREATE INDEX ... ON t (column) WHERE"
                                    + " flag. The rule knows columns that the files have made.",
                            "Manual, \"Partial Indexes\"."))
                    .provedBy(
                            new Proof.Shows(
                                    "the planner reads the whole table for the rows that the index is for",
                                    "select plan_of('select * from parcels where not shipped order by placed_at limit 5') like '%Seq Scan%'"))
                    .checks(IndexDesignRules::lowSelectivity));

    private IndexDesignRules() {}

    private static void unnamed(Visit visit) {
        if (!visit.is("IndexStmt")
                || !visit.node().text("idxname").isEmpty()
                || visit.session().isNew(visit.relation())) {
            return;
        }
        Statement statement = visit.statement();
        String name = ConstraintNames.ofIndex(visit.node());
        String[] behind =
                visit.node().flag("concurrent") ? new String[] {"index", "concurrently"} : new String[] {"index"};
        List<Edit> edits = statement
                .after(behind)
                .map(at -> List.of(Edit.insert(at, " " + Identifier.quote(name))))
                .orElse(List.of());
        boolean free = visit.session().objects().indexesOf(visit.relation()).stream()
                .noneMatch(index -> index.name().name().equals(name));
        visit.find("the index on " + visit.shown() + " has no name: a retry builds it again, an undo cannot name it")
                .remedy(statement.with(edits) + ";")
                .fix(free && Identifier.fits(name) && statement.inside() == Statement.Inside.FILE ? edits : List.of())
                .add();
    }

    private static void nonImmutable(Visit visit) {
        if (!visit.is("IndexStmt")) {
            return;
        }
        Optional<KnownTable> table = visit.session().objects().table(visit.relation());
        NonImmutable nonImmutable = new NonImmutable(
                column -> table.flatMap(known -> known.column(column))
                        .map(KnownTable.Column::type)
                        .orElse(""),
                function -> Volatility.isMutable(visit.session(), function));
        for (ParseNode element : visit.node().list("indexParams")) {
            nonImmutable.in(element.child("expr")).ifPresent(cause -> refused(visit, cause, "index expression"));
        }
        nonImmutable
                .in(visit.node().child("whereClause"))
                .ifPresent(cause -> refused(visit, cause, "predicate of the index"));
    }

    private static void refused(Visit visit, NonImmutable.Cause cause, String where) {
        visit.find(cause.node(), "PostgreSQL refuses this " + where + ": " + cause.what())
                .remedy(cause.instead())
                .add();
    }

    private static void manyKeys(Visit visit) {
        if (!visit.is("IndexStmt")) {
            return;
        }
        int keys = visit.node().list("indexParams").size();
        boolean tree = visit.node().text("accessMethod").equals("btree");
        if (tree && keys > MANY_KEYS && !visit.node().flag("unique")) {
            visit.find("the index on " + visit.shown() + " has " + keys
                            + " keys: the last ones cost space and writes and" + " hardly narrow a scan")
                    .remedy("keep the keys that searches begin with, and put what queries only read into INCLUDE (...)")
                    .add();
        }
    }

    private static void lowSelectivity(Visit visit) {
        if (!visit.is("IndexStmt")) {
            return;
        }
        IndexDefinition index = IndexDefinition.of(visit.node()).orElseThrow();
        boolean plain = index.keys().size() == 1
                && !index.isPartial()
                && !index.isUnique()
                && List.of("btree", "hash").contains(index.method());
        index.keys()
                .get(0)
                .column()
                .filter(column -> plain)
                .flatMap(column ->
                        visit.session().objects().table(visit.relation()).flatMap(table -> table.column(column)))
                .filter(column -> column.type().equals("bool"))
                .ifPresent(column -> {
                    String name = Identifier.quote(column.name());
                    visit.find("the index has only two values, those of " + name + ": reading all of " + visit.shown()
                                    + " is cheaper for the frequent one")
                            .remedy("-- with the column that the queries search or sort by, for the rare value:\n"
                                    + visit.statement().keyword("create index concurrently ")
                                    + Identifier.quote(IndexText.name(visit.node())) + " on " + visit.shown()
                                    + " (...) where "
                                    + name + ";")
                            .add();
                });
    }
}
