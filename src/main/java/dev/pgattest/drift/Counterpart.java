package dev.pgattest.drift;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexComparison;
import dev.pgattest.schema.IndexComparison.Relation;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index of the plan and what the database has of it.
 *
 * @param planned the index
 * @param table its table as the database knows it; null when there is none
 * @param definition what it is, in the server's words as far as the server could be asked
 * @param refusal why the server cannot make it; null when it can, or could not be asked
 * @param found the database's index of that name and table
 */
public record Counterpart(
        PlannedIndex planned,
        @Nullable QualifiedName table,
        IndexDefinition definition,
        @Nullable String refusal,
        @Nullable Found found) {

    /**
     * The database's index.
     *
     * @param index as the catalog has it
     * @param definition what it is, in the server's words as far as the server could be asked
     * @param asked whether the server could be asked for its words
     */
    public record Found(CatalogIndex index, IndexDefinition definition, boolean asked) {}

    /** How an index stands to its plan. */
    enum Agreement {
        SAME,
        /** The definitions are good for the same. */
        RESPELLED,
        /** They differ in casts alone, which could not be asked of the server. */
        UNCERTAIN,
        DIFFERENT
    }

    /** The database's index; empty when there is none. */
    public Optional<Found> existing() {
        return Optional.ofNullable(found);
    }

    /** The table as the database knows it; empty when there is none. */
    public Optional<QualifiedName> existingTable() {
        return Optional.ofNullable(table);
    }

    /** Why the server cannot make it; empty when it can, or could not be asked. */
    public Optional<String> refusedBecause() {
        return Optional.ofNullable(refusal);
    }

    /** The name of the index as findings show it. */
    String object() {
        String schema = table == null ? planned.table().schema() : table.schema();
        return new QualifiedName(schema, planned.name()).sql();
    }

    /** How the database's index stands to the plan. */
    Agreement agreement(Found index) {
        if (definition.equals(index.definition())) {
            return Agreement.SAME;
        }
        if (!index.asked()
                && definition.withoutCasts().equals(index.definition().withoutCasts())) {
            return Agreement.UNCERTAIN;
        }
        boolean sameUse = IndexComparison.of(definition, index.definition()).relation() == Relation.EQUAL;
        return sameUse ? Agreement.RESPELLED : Agreement.DIFFERENT;
    }
}
