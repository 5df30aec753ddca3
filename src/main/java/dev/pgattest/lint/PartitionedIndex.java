package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How to index a partitioned table beside its writers: an empty index on the parent, one on each partition, then join them. */
final class PartitionedIndex {

    private PartitionedIndex() {}

    /**
     * The statements to write instead of the {@code CREATE INDEX} that is visited. To attach an index takes an ACCESS EXCLUSIVE lock on
     * it, for which queries of its table are in the way.
     */
    static String steps(Visit visit) {
        ParseNode node = visit.node();
        Statement statement = visit.statement();
        return steps(
                visit,
                new Wanted(
                        statement.keyword(node.flag("unique") ? "create unique index " : "create index "),
                        IndexText.name(node),
                        IndexText.table(statement),
                        IndexText.definition(statement)));
    }

    /** The statements for an index on columns of the {@code relation} of the statement that is visited. */
    static String steps(Visit visit, String index, String columns) {
        String create = visit.statement().keyword("create index ");
        return steps(visit, new Wanted(create, index, visit.shown(), " (" + columns + ")"));
    }

    /** An index: the words that create it, its name, its table as written, and what stands behind the table. */
    private record Wanted(String create, String name, String table, String definition) {}

    private static String steps(Visit visit, Wanted index) {
        Statement statement = visit.statement();
        String schema = prefix(visit.node().child("relation").text("schemaname"));
        String name = Identifier.quote(index.name());
        List<PartIndex> parts = parts(visit, schema, index.name());
        List<String> steps = new ArrayList<>();
        steps.add(statement.keyword("set") + " lock_timeout = '2s';");
        steps.add(index.create() + name + " on only " + index.table() + index.definition() + ";");
        steps.add(statement.keyword("reset") + " lock_timeout;");
        if (visit.session().objects().partitionsOf(visit.relation()).isEmpty()) {
            steps.add("-- for each partition, here called part:");
        }
        parts.forEach(part -> steps.add(
                index.create() + "concurrently " + part.index() + " on " + part.table() + index.definition() + ";"));
        steps.add(statement.keyword("set") + " lock_timeout = '2s';");
        parts.forEach(part -> steps.add(statement.keyword("alter index ") + schema + name
                + statement.keyword(" attach partition ") + part.schema() + part.index() + ";"));
        return String.join("\n", steps);
    }

    /** A partition with the name of its index, as SQL writes them. */
    private record PartIndex(String schema, String table, String index) {}

    private static List<PartIndex> parts(Visit visit, String schema, String index) {
        List<KnownTable> known = visit.session().objects().partitionsOf(visit.relation());
        if (known.isEmpty()) {
            return List.of(new PartIndex(schema, schema + "part", Identifier.quote("part_" + index)));
        }
        String parent = visit.relation().name();
        return known.stream()
                .map(KnownTable::name)
                .map(part -> {
                    boolean same =
                            Objects.equals(part.schema(), visit.relation().schema());
                    String own = same ? schema : prefix(Objects.requireNonNullElse(part.schema(), ""));
                    String wanted = part.name()
                            + (index.startsWith(parent + "_") ? index.substring(parent.length()) : "_" + index);
                    String name = Identifier.fits(wanted) ? wanted : part.name() + "_idx";
                    return new PartIndex(own, own + Identifier.quote(part.name()), Identifier.quote(name));
                })
                .toList();
    }

    private static String prefix(String schema) {
        return schema.isEmpty() ? "" : Identifier.quote(schema) + ".";
    }
}
