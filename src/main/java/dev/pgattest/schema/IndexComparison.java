package dev.pgattest.schema;

import dev.pgattest.schema.IndexDefinition.Backing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one index is beside another of the same table. Whatever the definitions do not show counts as a difference, so that nothing is
 * called redundant that is not.
 *
 * @param relation what it is
 * @param redundant whether nothing would be lost without it
 * @param reason why it is redundant, or why not although it is covered; a part of a sentence about the index
 */
public record IndexComparison(Relation relation, boolean redundant, String reason) {

    /** What one index is beside another. */
    public enum Relation {
        /** The same in all that matters for reading and for what is refused. */
        EQUAL,
        /** Its keys are the first keys of the other, which holds the same rows. */
        PREFIX_OF,
        /** The other can answer what this one can, but is not the same. */
        COVERED,
        /** Some query may be able to use this one and not the other. */
        DIFFERENT
    }

    /** Methods in which the order of the keys means nothing. */
    private static final Set<String> UNORDERED = Set.of("gin", "brin");

    /** Methods whose storage parameters do not change what an index is good for. */
    private static final Set<String> SAME_WHATEVER_STORAGE = Set.of("btree", "hash", "gin", "gist");

    private static final IndexComparison DIFFERENT = new IndexComparison(Relation.DIFFERENT, false, "");

    /** What {@code one} is beside {@code other}. */
    public static IndexComparison of(IndexDefinition one, IndexDefinition other) {
        Relation keys = keys(one, other);
        boolean comparable = keys != Relation.DIFFERENT
                && other.payload().containsAll(one.included())
                && one.rows().implies(other.rows())
                && storage(one).equals(storage(other));
        if (!comparable) {
            return DIFFERENT;
        }
        if (!other.rows().implies(one.rows())) {
            return new IndexComparison(Relation.COVERED, false, "it holds fewer rows, so it is smaller");
        }
        return switch (keys) {
            case EQUAL -> sameKeys(one, other);
            case PREFIX_OF -> prefix(one);
            default -> new IndexComparison(Relation.COVERED, false, "the other has more keys to look through");
        };
    }

    private static Relation keys(IndexDefinition one, IndexDefinition other) {
        if (!one.method().equals(other.method())) {
            return Relation.DIFFERENT;
        }
        if (UNORDERED.contains(one.method())) {
            Set<IndexKey> keys = new HashSet<>(one.keys());
            Set<IndexKey> others = new HashSet<>(other.keys());
            return keys.equals(others)
                    ? Relation.EQUAL
                    : others.containsAll(keys) && one.method().equals("gin") ? Relation.COVERED : Relation.DIFFERENT;
        }
        boolean sorted = one.method().equals("btree");
        int count = one.keys().size();
        if (count > other.keys().size() || (count < other.keys().size() && !sorted)) {
            return Relation.DIFFERENT;
        }
        List<IndexKey> first = other.keys().subList(0, count);
        // A B-tree can be read from both ends, so all keys the other way round make the same index; some of them do
        // not.
        boolean same = first.equals(one.keys())
                || (sorted && first.stream().map(IndexKey::reversed).toList().equals(one.keys()));
        return !same ? Relation.DIFFERENT : count == other.keys().size() ? Relation.EQUAL : Relation.PREFIX_OF;
    }

    private static IndexComparison prefix(IndexDefinition one) {
        boolean redundant = !one.isUnique() && one.backing() == Backing.NONE;
        return new IndexComparison(
                Relation.PREFIX_OF,
                redundant,
                redundant ? "its keys are the first keys of the other" : "it refuses rows that the other accepts");
    }

    private static IndexComparison sameKeys(IndexDefinition one, IndexDefinition other) {
        if (one.isUnique() && !other.enforces(one)) {
            return new IndexComparison(Relation.COVERED, false, "it refuses rows that the other accepts");
        }
        boolean equal = one.uniqueness() == other.uniqueness()
                && one.included().equals(other.included())
                && one.backing() == other.backing()
                && one.excluding().equals(other.excluding());
        Relation relation = equal ? Relation.EQUAL : Relation.COVERED;
        if (one.backing() == Backing.PRIMARY_KEY || one.backing() == Backing.EXCLUSION) {
            return new IndexComparison(relation, false, "a constraint owns it");
        }
        if (one.backing() == Backing.UNIQUE && other.backing() == Backing.NONE) {
            return new IndexComparison(relation, false, "a constraint owns it, which foreign keys may refer to");
        }
        return new IndexComparison(relation, true, sameKeysReason(one, other));
    }

    private static String sameKeysReason(IndexDefinition one, IndexDefinition other) {
        if (other.isUnique() && !one.isUnique()) {
            return "the other has the same keys and is unique";
        }
        return other.included().equals(one.included())
                ? "the other has the same keys"
                : "the other has the same keys and carries more columns";
    }

    private static Map<String, String> storage(IndexDefinition index) {
        return SAME_WHATEVER_STORAGE.contains(index.method()) ? Map.of() : index.storage();
    }
}
