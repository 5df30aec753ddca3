package dev.pgattest.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The order of tables in which each comes after those that its rows need. */
final class TableOrder {

    private TableOrder() {}

    /** The tables in that order; tables that need each other in a circle are left out. */
    static List<TableSpec> parentsFirst(List<TableSpec> tables) {
        Map<String, TableSpec> waiting = new LinkedHashMap<>();
        tables.forEach(table -> waiting.put(table.name(), table));
        List<TableSpec> ordered = new ArrayList<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (TableSpec table : List.copyOf(waiting.values())) {
                if (needed(table).noneMatch(waiting::containsKey)) {
                    ordered.add(table);
                    waiting.remove(table.name());
                    progress = true;
                    break; // begin again, so that the declared order is kept where it can be
                }
            }
        }
        return ordered;
    }

    /** The tables that need each other in a circle, in declared order. */
    static Set<String> circular(List<TableSpec> tables) {
        Set<String> names = new LinkedHashSet<>();
        tables.forEach(table -> names.add(table.name()));
        parentsFirst(tables).forEach(table -> names.remove(table.name()));
        return names;
    }

    private static Stream<String> needed(TableSpec table) {
        return Stream.concat(
                        table.rows().parent().stream(), table.columns().stream().flatMap(TableOrder::referenced))
                .filter(name -> !name.equals(table.name()) || isOwnParent(table));
    }

    private static boolean isOwnParent(TableSpec table) {
        return table.rows().parent().filter(table.name()::equals).isPresent();
    }

    private static Stream<String> referenced(ColumnSpec column) {
        if (column.generator() instanceof GeneratorSpec.Reference reference) {
            return Stream.of(reference.table());
        } else if (column.generator() instanceof GeneratorSpec.Json json) {
            return json.members().stream().flatMap(TableOrder::referenced);
        } else if (column.generator() instanceof GeneratorSpec.JsonArray array) {
            return referenced(array.element());
        }
        return Stream.empty();
    }
}
