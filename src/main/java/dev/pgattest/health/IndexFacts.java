package dev.pgattest.health;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An index and what is known of its use.
 *
 * @param index what it is
 * @param use how it was used here
 * @param created when it was made or last altered; null when the server does not record it
 * @param expressions what the planner knows about its expressions
 * @param bloat how much of it is air; null when that is not known
 */
public record IndexFacts(
        CatalogIndex index,
        Use use,
        @Nullable Instant created,
        ExpressionStatistics expressions,
        @Nullable Bloat bloat) {

    /**
     * How an index was used since the counters were reset.
     *
     * @param scans how often it was scanned
     * @param last when the last scan was; null for never, and from servers before 16
     */
    public record Use(long scans, @Nullable Instant last) {

        /** No use at all. */
        public static final Use NONE = new Use(0, null);

        /** Both together. */
        Use and(Use other) {
            Instant later = last == null || (other.last != null && other.last.isAfter(last)) ? other.last : last;
            return new Use(scans + other.scans, later);
        }
    }

    /** What the planner knows about the expressions of an index. */
    public enum ExpressionStatistics {
        /** It has none. */
        NO_EXPRESSIONS,
        PRESENT,
        ABSENT,
        /** The role may not see them. */
        HIDDEN
    }

    /** Its name with its schema. */
    public QualifiedName name() {
        return index.name();
    }

    /** The same with another figure for the air in it. */
    public IndexFacts withBloat(@Nullable Bloat other) {
        return new IndexFacts(index, use, created, expressions, other);
    }
}
