package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.schema.IndexComparison;
import dev.pgattest.schema.IndexComparison.Relation;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlStatement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about an index beside the other indexes of its table. */
final class IndexSetRules {

    static final List<LintRule> ALL = List.of(
            LintRule.warning("redundant-index")
                    .page(new Page(
                            "An index that another one makes redundant",
                            "Both take space and both are written at every insert, but every query that can use the one can use the"
                                    + " other.",
                            "Keep the wider one, or the one that a constraint owns, and drop the other. The rule knows indexes that the"
                                    + " files have made, and compares method, keys, operator classes, collations, directions, included columns,"
                                    + " predicates and uniqueness; an index that refuses rows which the other accepts is never redundant.",
                            "Manual, \"Multicolumn Indexes\" and \"Indexes and ORDER BY\"."))
                    .provedBy(new Proof.Shows(
                            "the columns of one index are the first columns of another, in the same order",
                            "select exists (select from pg_index a join pg_index b using (indrelid)"
                                    + " where a.indexrelid <> b.indexrelid and indrelid = 'orders'::regclass"
                                    + " and b.indkey::text || ' ' like a.indkey::text || ' %')"))
                    .checksFiles(IndexSetRules::redundant),
            LintRule.warning("drop-before-create")
                    .page(new Page(
                            "An index is dropped before its replacement exists",
                            "From the drop to the end of the build, queries that need the index read the whole table. If the build"
                                    + " fails, that is how it stays.",
                            "Build the new index first, under another name, then drop the old one, and rename if the name matters. A drop"
                                    + " with IF EXISTS before an index of the same name and definition removes what a failed build left, and"
                                    + " is exempt; so are both in one transaction.",
                            "Tried on a server."))
                    .provedBy(new Proof.Shows(
                            "at the end of DROP INDEX no index began with the column",
                            "select exists (select from gaps)"))
                    .checks(IndexSetRules::dropBeforeCreate));

    private IndexSetRules() {}

    private static void redundant(FileEnd end) {
        List<KnownIndex> made = end.session().objects().indexes().stream()
                .filter(index -> index.origin().file() == end.session().fileOrdinal())
                .toList();
        for (KnownIndex index : made) {
            List<KnownIndex> others = end.session().objects().indexesOf(index.table()).stream()
                    .filter(other -> !other.equals(index))
                    .toList();
            end.outline().statementAt(index.place()).ifPresent(statement -> redundant(end, statement, index, others));
        }
    }

    private static void redundant(FileEnd end, SqlStatement statement, KnownIndex index, List<KnownIndex> others) {
        for (KnownIndex other : others) {
            Optional<IndexComparison> here = comparison(index, other);
            Optional<IndexComparison> there = comparison(other, index);
            boolean both = there.isPresent() && here.isPresent();
            if (here.isPresent() && !(both && isNewer(other, index))) {
                boolean owned = index.backsConstraint();
                end.find("the index " + shown(index) + " is redundant beside " + shown(other) + ": "
                                + here.get().reason())
                        .at(statement.start(), statement.end())
                        .remedy("leave out the " + (owned ? "constraint " : "index ") + shown(index) + ", for "
                                + shown(other) + " serves every query that it could serve")
                        .add();
                return;
            }
            boolean older = other.origin().file() != end.session().fileOrdinal();
            if (there.isPresent()
                    && here.isEmpty()
                    && older
                    && !isDroppedLater(end, other.name().name())) {
                String drop = other.backsConstraint()
                        ? "drop the constraint " + shown(other)
                        : "drop index concurrently " + shown(other) + ";";
                end.find("the index " + shown(other) + " becomes redundant beside " + shown(index) + ": "
                                + there.get().reason())
                        .at(statement.start(), statement.end())
                        .remedy(drop)
                        .add();
                return;
            }
        }
    }

    /** What one is beside the other when it is redundant. */
    private static Optional<IndexComparison> comparison(KnownIndex one, KnownIndex other) {
        Optional<IndexDefinition> definition = IndexDefinition.of(one.definition());
        Optional<IndexDefinition> beside = IndexDefinition.of(other.definition());
        return definition
                .flatMap(each -> beside.map(another -> IndexComparison.of(each, another)))
                .filter(IndexComparison::redundant);
    }

    private static boolean isNewer(KnownIndex one, KnownIndex other) {
        if (one.origin().file() != other.origin().file()) {
            return one.origin().file() > other.origin().file();
        }
        return one.place() == other.place()
                ? one.name().name().compareTo(other.name().name()) > 0
                : one.place() > other.place();
    }

    /** Whether a later file drops it, which may be how the same person goes on. */
    private static boolean isDroppedLater(FileEnd end, String index) {
        return end.later(text ->
                        text.contains(index) && text.toLowerCase(Locale.ROOT).contains("drop"))
                .filter(statement -> statement.is("DropStmt"))
                .flatMap(statement -> statement.node().list("objects").stream())
                .map(object -> object.names("items"))
                .anyMatch(
                        parts -> !parts.isEmpty() && parts.get(parts.size() - 1).equals(index));
    }

    private static String shown(KnownIndex index) {
        boolean usual = "public".equals(index.name().schema());
        return usual ? Identifier.quote(index.name().name()) : index.name().sql();
    }

    private static void dropBeforeCreate(Visit visit) {
        if (!visit.is("IndexStmt")
                || visit.statement().inside() != Statement.Inside.FILE
                || visit.session().isNew(visit.relation())) {
            return;
        }
        visit.session().objects().droppedIndexes().stream()
                .filter(dropped -> dropped.origin().file() == visit.session().fileOrdinal())
                .filter(dropped -> dropped.statement().inside() == Statement.Inside.FILE)
                .filter(dropped -> !dropped.origin().equals(visit.session().here()))
                .filter(dropped -> isReplaced(visit, dropped))
                .forEach(dropped -> visit.find("no index serves the queries of "
                                + Identifier.quote(dropped.name().name()) + " from its drop until "
                                + IndexText.name(visit.node()) + " is built")
                        .at(dropped.statement().start(), dropped.statement().end())
                        .remedy(inOrder(visit, dropped))
                        .add());
    }

    private static boolean isReplaced(Visit visit, DroppedIndex dropped) {
        KnownIndex known = dropped.known();
        String name = visit.node().text("idxname");
        boolean sameName = !name.isEmpty() && new QualifiedName(visit.relation().schema(), name).equals(dropped.name());
        if (known == null) {
            return sameName && !dropped.statement().node().flag("missing_ok");
        }
        Optional<IndexDefinition> old = IndexDefinition.of(known.definition());
        if (!known.table().equals(visit.relation())
                || known.origin().file() == visit.session().fileOrdinal()
                || old.isEmpty()) {
            return false;
        }
        IndexDefinition replacement = IndexDefinition.of(visit.node()).orElseThrow();
        if (sameName) {
            boolean same = IndexComparison.of(old.get(), replacement).relation() == Relation.EQUAL;
            return !(same && dropped.statement().node().flag("missing_ok"));
        }
        boolean served = visit.session().objects().indexesOf(visit.relation()).stream()
                .flatMap(index -> IndexDefinition.of(index.definition()).stream())
                .anyMatch(index -> IndexComparison.of(old.get(), index).redundant());
        return !served
                && old.get()
                        .keys()
                        .get(0)
                        .expression()
                        .equals(replacement.keys().get(0).expression());
    }

    /** The same the other way round. */
    private static String inOrder(Visit visit, DroppedIndex dropped) {
        Statement create = visit.statement();
        String name = visit.node().text("idxname");
        if (!name.equals(dropped.name().name())) {
            return create.text() + ";\n" + dropped.statement().text() + ";";
        }
        String temporary = Identifier.quote(name + "_new");
        String schema = visit.node().child("relation").text("schemaname");
        String prefix = schema.isEmpty() ? "" : Identifier.quote(schema) + ".";
        return IndexText.named(create, temporary) + ";\n" + dropped.statement().text() + ";\n"
                + create.keyword("alter index ") + prefix + temporary + create.keyword(" rename to ")
                + Identifier.quote(name) + ";";
    }
}
