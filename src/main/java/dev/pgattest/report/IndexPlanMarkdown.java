package dev.pgattest.report;

import dev.pgattest.evidence.IndexUse;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.workload.PlannedIndex;
import dev.pgattest.workload.PlannedIndex.Decision;
import dev.pgattest.workload.Project;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The index plan as the document that reviewers read, with what measuring says of each index. */
public final class IndexPlanMarkdown {

    private final Project project;
    private final List<IndexUse> uses;
    private final StringBuilder text = new StringBuilder();

    private IndexPlanMarkdown(Project project, List<IndexUse> uses) {
        this.project = project;
        this.uses = uses;
    }

    /**
     * The document.
     *
     * @param uses what captured plans use, one for each state that was measured, in the project's order
     */
    public static String of(Project project, List<IndexUse> uses) {
        return new IndexPlanMarkdown(project, uses).render();
    }

    private String render() {
        List<PlannedIndex> indexes = project.indexPlan().indexes();
        text.append("# Index plan of ").append(project.name()).append("\n\n");
        text.append("Made from `")
                .append(project.files().indexes())
                .append("` and the evidence by `pgattest indexes PROJECT --format markdown`.\n");
        gate().ifPresent(use -> text.append("Sizes and uses were measured in the state `")
                .append(use.state())
                .append("` at scale ")
                .append(Numbers.share(use.scale()))
                .append(", those of indexes that it does not have in the state that has them.\n"));
        overview(indexes.stream()
                .filter(index -> index.decision() != Decision.DEFER)
                .toList());
        Set<String> tables = new LinkedHashSet<>();
        indexes.stream()
                .filter(index -> index.decision().isWanted())
                .forEach(index -> tables.add(index.table().sql()));
        for (String table : tables) {
            text.append("\n## ").append(table).append('\n');
            indexes.stream()
                    .filter(index ->
                            index.decision().isWanted() && index.table().sql().equals(table))
                    .forEach(this::index);
        }
        turnedDown("Dropped", Decision.DROP, indexes);
        turnedDown("Deferred", Decision.DEFER, indexes);
        return text.toString();
    }

    private void overview(List<PlannedIndex> indexes) {
        text.append("\n| index | table | decision | size | used by |\n|---|---|---|--:|---|\n");
        for (PlannedIndex index : indexes) {
            Optional<IndexUse> use = measured(index);
            text.append("| ")
                    .append(code(index.name()))
                    .append(" | ")
                    .append(code(index.table().sql()))
                    .append(" | ")
                    .append(index.decision().word())
                    .append(" | ")
                    .append(use.map(each -> Numbers.bytes(size(each, index))).orElse(""))
                    .append(" | ")
                    .append(use.map(each -> cell(each.casesOf(index.name()))).orElse(""))
                    .append(" |\n");
        }
    }

    private void turnedDown(String title, Decision decision, List<PlannedIndex> indexes) {
        List<PlannedIndex> matching =
                indexes.stream().filter(index -> index.decision() == decision).toList();
        if (!matching.isEmpty()) {
            text.append("\n## ").append(title).append('\n');
            matching.forEach(this::index);
        }
    }

    private void index(PlannedIndex index) {
        text.append("\n### ").append(index.name()).append("\n\n");
        text.append("```sql\n").append(index.statement().named(index.name())).append("\n```\n\n");
        item("Table", index.decision().isWanted() ? "" : code(index.table().sql()));
        item("Type", type(index.statement().definition()));
        PlannedIndex.Purpose purpose = index.purpose();
        item(
                "Query path",
                purpose.needingOperation()
                        .map(contract -> "[" + contract.operation() + "](" + contract.file() + ")")
                        .orElse(""));
        item("Serves", String.join(", ", purpose.serves()));
        item("Enforces", purpose.enforces());
        item("Supports", purpose.supports());
        item("Justification", purpose.justification());
        item("Target", purpose.objective().map(Object::toString).orElse(""));
        item("Decision", index.decision().word() + (index.rationale().isEmpty() ? "" : ": " + index.rationale()));
        item("Evidence", measured(index).map(use -> evidence(use, index)).orElse(""));
    }

    private void item(String name, String value) {
        if (!value.isEmpty()) {
            text.append("- **")
                    .append(name)
                    .append(":** ")
                    .append(value.strip())
                    .append('\n');
        }
    }

    private Optional<IndexUse> gate() {
        return uses.stream()
                .filter(use -> use.state().equals(project.trial().gate()))
                .findFirst();
    }

    /** The evidence that has the index: the gate's, or else that of the first state which has it. */
    private Optional<IndexUse> measured(PlannedIndex index) {
        return Stream.concat(gate().stream(), uses.stream())
                .filter(use -> use.hasIndex(index.name()))
                .findFirst();
    }

    private static String evidence(IndexUse use, PlannedIndex index) {
        String cases = use.casesOf(index.name());
        return Numbers.bytes(size(use, index)) + " in the state " + use.state() + "; "
                + (cases.isEmpty() ? "no captured plan uses it" : "used by " + cases);
    }

    private static long size(IndexUse use, PlannedIndex index) {
        Long bytes = use.sizes().get(index.name());
        return bytes == null ? 0 : bytes;
    }

    /** {@code unique B-tree, covering, partial}. */
    static String type(IndexDefinition index) {
        List<String> words = new ArrayList<>();
        String method = index.method().equals("btree")
                ? "B-tree"
                : index.method().length() <= 4 ? index.method().toUpperCase(Locale.ROOT) : index.method();
        words.add((index.isUnique() ? "unique " : "") + method);
        switch (index.backing()) {
            case PRIMARY_KEY -> words.add("of the primary key");
            case UNIQUE -> words.add("of a unique constraint");
            case EXCLUSION -> words.add("of an exclusion constraint");
            case NONE -> {}
        }
        if (index.keys().stream().anyMatch(key -> key.column().isEmpty())) {
            words.add("on an expression");
        }
        if (!index.included().isEmpty()) {
            words.add("covering");
        }
        if (index.isPartial()) {
            words.add("partial");
        }
        return String.join(", ", words);
    }

    private static String code(String name) {
        return "`" + name.replace('`', '\'') + "`";
    }

    private static String cell(String value) {
        return value.replace("|", "\\|");
    }
}
