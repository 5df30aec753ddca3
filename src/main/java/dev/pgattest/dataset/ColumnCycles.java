package dev.pgattest.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Columns whose values would need themselves. */
final class ColumnCycles {

    private final DatasetSpec spec;
    private final ProblemList problems;
    private final Map<Node, Boolean> finished = new HashMap<>();
    private final List<Node> route = new ArrayList<>();

    private record Node(String table, String column) {}

    ColumnCycles(DatasetSpec spec, ProblemList problems) {
        this.spec = spec;
        this.problems = problems;
    }

    void check() {
        for (TableSpec table : spec.tables()) {
            for (ColumnSpec column : table.columns()) {
                visit(new Node(table.name(), column.name()));
            }
        }
    }

    private void visit(Node node) {
        Boolean state = finished.putIfAbsent(node, false);
        if (state != null) {
            if (!state) {
                report(node);
            }
            return;
        }
        route.add(node);
        spec.table(node.table)
                .flatMap(table -> table.column(node.column).map(column -> needed(table, column)))
                .orElse(Stream.empty())
                .forEach(this::visit);
        route.remove(route.size() - 1);
        finished.put(node, true);
    }

    private void report(Node node) {
        List<String> circle = new ArrayList<>();
        route.subList(route.indexOf(node), route.size()).forEach(step -> circle.add(step.table + "." + step.column));
        circle.add(node.table + "." + node.column);
        problems.add(
                ProblemList.path("tables", node.table, "columns", node.column),
                "the value of column '" + node.column + "' needs itself: " + String.join(" -> ", circle),
                "break the circle: let one of the columns have a generator of its own");
    }

    private static Stream<Node> needed(TableSpec table, ColumnSpec column) {
        Stream<Node> condition =
                Optional.ofNullable(column.when()).stream().map(when -> new Node(table.name(), when.column()));
        return Stream.concat(condition, needed(table, column.generator()));
    }

    private static Stream<Node> needed(TableSpec table, GeneratorSpec generator) {
        String parent = table.rows().parent().orElse("");
        if (generator instanceof GeneratorSpec.Parent source) {
            return Stream.of(new Node(parent, source.column()));
        } else if (generator instanceof GeneratorSpec.Copy copy) {
            return Stream.of(new Node(table.name(), copy.column()));
        } else if (generator instanceof GeneratorSpec.Reference reference) {
            return Stream.of(new Node(reference.table(), reference.column()));
        } else if (generator instanceof GeneratorSpec.After after) {
            return Stream.of(new Node(after.ofParent() ? parent : table.name(), after.column()));
        } else if (generator instanceof GeneratorSpec.Split split) {
            return Stream.of(new Node(parent, split.column()));
        } else if (generator instanceof GeneratorSpec.Json json) {
            return json.members().stream().flatMap(member -> needed(table, member));
        } else if (generator instanceof GeneratorSpec.JsonArray array) {
            return needed(table, array.element());
        }
        return Stream.empty();
    }
}
