package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a deployment is to bring about.
 *
 * @param managed the names of the indexes that it may touch
 * @param indexes those of them that are to be there, by name
 */
public record Wanted(Set<QualifiedName> managed, Map<QualifiedName, WantedIndex> indexes) {

    private static final Comparator<QualifiedName> BY_NAME = Comparator.comparing(QualifiedName::sql);

    public Wanted {
        managed = sorted(managed);
        TreeMap<QualifiedName, WantedIndex> ordered = new TreeMap<>(BY_NAME);
        ordered.putAll(indexes);
        indexes = Collections.unmodifiableSortedMap(ordered);
    }

    private static Set<QualifiedName> sorted(Collection<QualifiedName> names) {
        TreeSet<QualifiedName> sorted = new TreeSet<>(BY_NAME);
        sorted.addAll(names);
        return Collections.unmodifiableSortedSet(sorted);
    }

    /** What the index of that name is to be; empty when there is to be none. */
    public Optional<WantedIndex> index(QualifiedName name) {
        return Optional.ofNullable(indexes.get(name));
    }
}
