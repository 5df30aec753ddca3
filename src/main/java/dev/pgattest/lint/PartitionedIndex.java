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
        String schema = prefix(node.child("relation").text("schemaname"));
        String index = IndexText.name(node);
        String create = statement.keyword(node.flag("unique") ? "create unique index " : "create index ");
        String definition = IndexText.definition(statement);
        List<Part> parts = parts(visit, schema, index);
        List<String> steps = new ArrayList<>();
        steps.add(statement.keyword("set") + " lock_timeout = '2s';");
        steps.add(create + Identifier.quote(index) + " on only " + IndexText.table(statement) + definition + ";");
        steps.add(statement.keyword("reset") + " lock_timeout;");
        if (visit.session().objects().partitionsOf(visit.relation()).isEmpty()) {
            steps.add("-- for each partition, here called part:");
        }
        parts.forEach(
                part -> steps.add(create + "concurrently " + part.index() + " on " + part.table() + definition + ";"));
        steps.add(statement.keyword("set") + " lock_timeout = '2s';");
        parts.forEach(part -> steps.add(statement.keyword("alter index ") + schema + Identifier.quote(index)
                + statement.keyword(" attach partition ") + part.schema() + part.index() + ";"));
        return String.join("\n", steps);
    }

    /** A partition with the name of its index, as SQL writes them. */
    private record Part(String schema, String table, String index) {}

    private static List<Part> parts(Visit visit, String schema, String index) {
        List<KnownTable> known = visit.session().objects().partitionsOf(visit.relation());
        if (known.isEmpty()) {
            return List.of(new Part(schema, schema + "part", Identifier.quote("part_" + index)));
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
                    return new Part(own, own + Identifier.quote(part.name()), Identifier.quote(name));
                })
                .toList();
    }

    private static String prefix(String schema) {
        return schema.isEmpty() ? "" : Identifier.quote(schema) + ".";
    }
}
