package dev.pgattest.dataset;

import dev.pgattest.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Reads a declaration from the tree of a {@code dataset.yaml} and checks it. */
public final class DatasetBinding {

    private DatasetBinding() {}

    /**
     * What a file declares, or what is wrong with it.
     *
     * @param spec null exactly when there are problems
     * @param problems ordered by place
     */
    public record Binding(@Nullable DatasetSpec spec, List<Problem> problems) {
        public Binding {
            problems = List.copyOf(problems);
        }
    }

    /** Reads and checks a declaration; {@code locator} says where in the file a part of it stands. */
    public static Binding bind(JsonNode root, Locator locator) {
        ProblemList problems = new ProblemList(locator);
        SpecNode file = new SpecNode(root, JsonPointer.empty(), problems);
        List<DatasetProfile> profiles = new ArrayList<>();
        file.required("profiles").entries().forEach((name, node) -> profiles.add(profile(name, node)));
        List<TableSpec> tables = new ArrayList<>();
        file.required("tables").entries().forEach((name, node) -> tables.add(table(name, node)));
        if (!problems.isEmpty()) {
            return new Binding(null, problems.sorted());
        }
        DatasetSpec spec = new DatasetSpec(profiles, tables);
        List<Problem> found = DatasetCheck.problems(spec, locator);
        return new Binding(found.isEmpty() ? spec : null, found);
    }

    private static DatasetProfile profile(String name, SpecNode node) {
        Map<String, Long> rows = new LinkedHashMap<>();
        node.child("rows").entries().forEach((table, count) -> rows.put(table, count.whole()));
        return new DatasetProfile(
                name,
                node.required("seed").whole(),
                node.decimal("scale", "1"),
                rows,
                node.child("fixed").texts(),
                node.has("members") ? node.child("members").text() : null);
    }

    private static TableSpec table(String name, SpecNode node) {
        List<ColumnSpec> columns = new ArrayList<>();
        node.required("columns")
                .entries()
                .forEach((column, declared) -> columns.add(ColumnBinding.column(column, declared)));
        return new TableSpec(name, rows(node), columns);
    }

    private static RowRule rows(SpecNode table) {
        if (!table.has("rows")) {
            return new RowRule.Own();
        }
        SpecNode rows = table.child("rows");
        if (rows.has("each")) {
            List<Integer> counts = rows.required("counts").elements().stream()
                    .map(SpecNode::small)
                    .toList();
            return new RowRule.Each(rows.child("each").text(), counts);
        } else if (rows.has("sample")) {
            return new RowRule.Sample(
                    rows.child("sample").text(), rows.required("every").small());
        }
        rows.wrong("{each: <parent table>, counts: [...]} or {sample: <parent table>, every: ...}");
        return new RowRule.Own();
    }
}
