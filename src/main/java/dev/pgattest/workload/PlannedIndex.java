package dev.pgattest.workload;

import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index of the plan.
 *
 * @param name its name, which is its constraint's too when one owns it
 * @param table the table or materialized view, as the plan names it
 * @param statement what makes it
 * @param purpose what it is for
 * @param decision whether it is to exist
 * @param rationale why; never empty for {@link Decision#DROP} and {@link Decision#DEFER}
 */
public record PlannedIndex(
        String name,
        QualifiedName table,
        IndexStatement statement,
        Purpose purpose,
        Decision decision,
        String rationale) {

    /** What the plan says of an index, by what the first state and the gate have. */
    public enum Decision {
        /** The first state has it, the gate too. */
        KEEP,
        /** The gate has it, the first state does not. */
        CREATE,
        /** The first state has it, the gate does not. */
        DROP,
        /** No state has it. */
        DEFER;

        /** Whether the index is to exist. */
        public boolean isWanted() {
            return this == KEEP || this == CREATE;
        }

        /** As project files write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an index is for. Texts are empty when nothing is said.
     *
     * @param serves names of queries and jobs of the workload
     * @param enforces the rule that it enforces
     * @param supports other work that needs it, such as the deletes of a foreign key
     * @param contract the operation of an interface that needs it; null for none
     * @param justification why these keys, for readers
     * @param target what it is to achieve; null when nothing is said
     */
    public record Purpose(
            List<String> serves,
            String enforces,
            String supports,
            @Nullable Contract contract,
            String justification,
            @Nullable Slo target) {

        public Purpose {
            serves = List.copyOf(serves);
        }

        /** Whether anything is said that an index can exist for. */
        public boolean isNamed() {
            return !serves.isEmpty() || !enforces.isEmpty() || !supports.isEmpty();
        }

        /** The operation of an interface that needs it; empty for none. */
        public Optional<Contract> needingOperation() {
            return Optional.ofNullable(contract);
        }

        /** What it is to achieve; empty when nothing is said. */
        public Optional<Slo> objective() {
            return Optional.ofNullable(target);
        }
    }

    /**
     * An operation of an OpenAPI document in the project's folder.
     *
     * @param file path of the document
     * @param method in upper case
     * @param path of the operation, such as {@code /api/orders/{id}}
     */
    public record Contract(String file, String method, String path) {

        /** {@code GET /api/orders}. */
        public String operation() {
            return method + " " + path;
        }
    }
}
