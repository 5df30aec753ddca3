package dev.pgattest.workload;

import java.util.List;

/** The names that a dataset declares, for those who refer to them. */
public interface DatasetNames {

    /** Nothing is known: no name is checked. */
    DatasetNames UNKNOWN = new DatasetNames() {
        @Override
        public List<String> profiles() {
            return List.of();
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public List<String> columns(String table) {
            return List.of();
        }
    };

    /** The profiles, in declared order. */
    List<String> profiles();

    /** The tables, in declared order. */
    List<String> tables();

    /** The columns of a table, in declared order; empty when there is no such table. */
    List<String> columns(String table);
}
