package dev.pgattest.deploy;

import dev.pgattest.Sha256;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database has, as far as a deployment wants to know.
 *
 * @param indexes by name
 * @param owners the constraints of the indexes that have one
 * @param comments of the indexes that have one
 * @param relations everything that takes a name in a schema: tables, views, sequences, indexes, ...
 * @param building the indexes that some session is building at this moment
 */
public record CatalogSnapshot(
        Map<QualifiedName, CatalogIndex> indexes,
        Map<QualifiedName, WantedIndex.Constraint> owners,
        Map<QualifiedName, String> comments,
        Map<QualifiedName, Relation> relations,
        Set<QualifiedName> building) {

    public CatalogSnapshot {
        indexes = Map.copyOf(indexes);
        owners = Map.copyOf(owners);
        comments = Map.copyOf(comments);
        relations = Map.copyOf(relations);
        building = Set.copyOf(building);
    }

    /** The same when some of its indexes and tables are gone. */
    public CatalogSnapshot without(Set<QualifiedName> gone) {
        return new CatalogSnapshot(
                without(indexes, gone),
                without(owners, gone),
                without(comments, gone),
                without(relations, gone),
                building);
    }

    private static <T> Map<QualifiedName, T> without(Map<QualifiedName, T> all, Set<QualifiedName> gone) {
        Map<QualifiedName, T> rest = new HashMap<>(all);
        rest.keySet().removeAll(gone);
        return rest;
    }

    /**
     * Something with a name.
     *
     * @param kind as {@code pg_class.relkind} has it
     * @param partitionOf the partitioned table that it is a partition of; null for none
     * @param rows as the statistics have it; negative when they do not know
     * @param bytes size of its main file
     */
    public record Relation(char kind, @Nullable QualifiedName partitionOf, double rows, long bytes) {

        boolean isPartitioned() {
            return kind == 'p';
        }

        /** Whether it can have an index that is built concurrently. */
        boolean isBuildable() {
            return kind == 'r' || kind == 'm';
        }

        /** In words. */
        String noun() {
            return switch (kind) {
                case 'r', 'p' -> "table";
                case 'v' -> "view";
                case 'm' -> "materialized view";
                case 'S' -> "sequence";
                case 'f' -> "foreign table";
                case 'c' -> "type";
                default -> "index";
            };
        }
    }

    /** The index of that name. */
    public Optional<CatalogIndex> index(QualifiedName name) {
        return Optional.ofNullable(indexes.get(name));
    }

    /** The index of that name as something to be wanted again. */
    public Optional<WantedIndex> asWanted(QualifiedName name) {
        return index(name)
                .map(index -> new WantedIndex(
                        name, IndexStatement.parse(index.sql()).orThrow(), owners.get(name), comments.get(name)));
    }

    /** Whatever has that name. */
    public Optional<Relation> relation(QualifiedName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /** The direct partitions of a table, by name. */
    public List<QualifiedName> partitions(QualifiedName table) {
        return relations.entrySet().stream()
                .filter(each -> table.equals(each.getValue().partitionOf()))
                .map(Map.Entry::getKey)
                .filter(name -> !indexes.containsKey(name))
                .sorted(Comparator.comparing(QualifiedName::sql))
                .toList();
    }

    /** The indexes that are parts of a partitioned one, by name. */
    public List<CatalogIndex> parts(QualifiedName index) {
        return indexes.values().stream()
                .filter(each -> each.partOf().filter(index::equals).isPresent())
                .sorted(Comparator.comparing(each -> each.name().sql()))
                .toList();
    }

    /** The index of a table that is part of a partitioned one. */
    Optional<CatalogIndex> part(QualifiedName index, QualifiedName table) {
        return parts(index).stream().filter(each -> each.table().equals(table)).findFirst();
    }

    /**
     * A digest of what a plan relies on.
     *
     * @param managed the indexes that it may touch
     * @param tables the tables that its steps name
     * @param journal what the journal says of the deployments so far
     */
    public String fingerprint(Collection<QualifiedName> managed, Collection<QualifiedName> tables, String journal) {
        List<String> lines = new ArrayList<>();
        for (QualifiedName name : managed) {
            lines.add(indexLine(name));
            lines.add(indexLine(TemporaryName.ofNew(name)));
            lines.add(indexLine(TemporaryName.ofOld(name)));
            parts(name).forEach(part -> lines.add("part of " + name.sql() + ": " + indexLine(part.name())));
        }
        tables.forEach(table -> addTable(table, lines));
        return Sha256.hex(journal + "\n"
                + String.join("\n", lines.stream().sorted().distinct().toList()));
    }

    private String indexLine(QualifiedName name) {
        CatalogIndex index = indexes.get(name);
        if (index == null) {
            return name.sql() + (relations.containsKey(name) ? " is something else" : " is not there");
        }
        CatalogIndex.Standing standing = index.standing();
        return name.sql() + " valid " + standing.valid() + " ready " + standing.ready() + " live " + standing.live()
                + " constraint " + index.constraint() + " comment " + comments.get(name) + ": " + index.sql();
    }

    private void addTable(QualifiedName table, List<String> lines) {
        Relation relation = relations.get(table);
        lines.add("table " + table.sql() + (relation == null ? " is not there" : " kind " + relation.kind()));
        for (QualifiedName partition : partitions(table)) {
            lines.add("partition of " + table.sql() + ": " + partition.sql());
            addTable(partition, lines);
        }
    }
}
