package dev.pgattest.audit;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table, view, materialized view or foreign table.
 *
 * @param oid the server's id of it
 * @param name with its schema
 * @param kind what it is
 * @param owner name of the owner
 * @param security what row-level security does for it
 * @param lineage what it is part of
 * @param columns in the table's order
 * @param view what makes it a view; {@link View#NONE} when it is none
 */
public record Relation(
        long oid,
        QualifiedName name,
        Kind kind,
        String owner,
        Security security,
        Lineage lineage,
        List<Column> columns,
        View view) {

    /** What a relation is. */
    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        FOREIGN_TABLE,
        VIEW,
        MATERIALIZED_VIEW;

        /** By {@code pg_class.relkind}. */
        public static Kind of(String letter) {
            return switch (letter) {
                case "p" -> PARTITIONED_TABLE;
                case "f" -> FOREIGN_TABLE;
                case "v" -> VIEW;
                case "m" -> MATERIALIZED_VIEW;
                default -> TABLE;
            };
        }
    }

    /** Whether row-level security is on, and whether the owner obeys it too. */
    public record Security(boolean enabled, boolean forced) {}

    /**
     * What it is part of.
     *
     * @param partition whether it is a partition
     * @param parents ids of the tables that it is a partition or child of, in order
     */
    public record Lineage(boolean partition, List<Long> parents) {
        public Lineage {
            parents = List.copyOf(parents);
        }
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type as SQL writes it
     * @param notNull whether it refuses NULL
     * @param filled how its value comes about when none is given
     */
    public record Column(String name, String type, boolean notNull, Filled filled) {}

    /** How a column's value comes about when none is given. */
    public enum Filled {
        /** It is NULL. */
        NOT,
        /** By a default. */
        DEFAULT,
        /** By the next value of a sequence. */
        SEQUENCE,
        /** By a sequence alone: values of one's own are refused. */
        ALWAYS,
        /** From other columns. */
        GENERATED
    }

    /**
     * A view's own parts.
     *
     * @param definition its query, with all names in full; empty for none
     * @param options storage parameters as {@code name=value}
     * @param insertable whether rows can be inserted through it
     */
    public record View(String definition, Set<String> options, boolean insertable) {

        /** Of what is no view. */
        public static final View NONE = new View("", Set.of(), false);

        public View {
            options = Set.copyOf(options);
        }

        /** Whether it is read with the rights of whoever asks. */
        public boolean invoker() {
            return isOn("security_invoker");
        }

        /** Whether its own conditions come before those of whoever asks. */
        public boolean barrier() {
            return isOn("security_barrier");
        }

        /** Whether rows written through it must be visible through it. */
        public boolean checked() {
            return options.stream().anyMatch(option -> option.startsWith("check_option="));
        }

        private boolean isOn(String name) {
            return options.stream()
                    .anyMatch(option -> Set.of(name + "=true", name + "=on", name + "=1", name + "=yes")
                            .contains(option));
        }
    }

    public Relation {
        columns = List.copyOf(columns);
    }

    /** The column of that name. */
    public Optional<Column> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    /** Whether it stores rows that policies can guard. */
    public boolean isTable() {
        return kind == Kind.TABLE || kind == Kind.PARTITIONED_TABLE;
    }
}
