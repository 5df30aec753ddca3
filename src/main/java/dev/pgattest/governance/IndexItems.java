package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.evidence.JsonbColumn;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The items about indexes: each that the gate has is there for something, and each jsonb column was thought about. */
final class IndexItems {

    private static final String TITLE = "every index of the gate serves a query or enforces a rule";

    private IndexItems() {}

    /**
     * Every index of the gate must be in the plan with a purpose, or be named by a query where there is no plan. A unique index enforces
     * its key. A partition's index has the reason of the one that it is a part of.
     */
    static ReadinessItem mapped(ReadinessFacts facts) {
        List<Problem> problems = new ArrayList<>();
        Project project = facts.project();
        for (PlannedIndex index : project.indexPlan().wanted()) {
            if (!index.purpose().isNamed()) {
                problems.add(Problem.ofFile(
                        project.files().indexes(),
                        "the index '" + index.name() + "' serves, enforces and supports nothing",
                        "name a query in `serves`, or drop it"));
            }
        }
        Optional<StoredEvidence.State> gate = facts.gate();
        gate.map(state -> unexplained(project, state)).ifPresent(problems::addAll);
        if (gate.isEmpty()) {
            problems.add(
                    facts.evidence() == null
                            ? ReadinessFacts.NO_EVIDENCE
                            : Problem.ofInput(
                                    "the gate " + project.trial().gate() + " was not measured",
                                    "run `pgattest prove`"));
        }
        String found = gate.map(state -> state.indexes().size() == 1
                        ? "1 index"
                        : state.indexes().size() + " indexes")
                .orElse("");
        return new ReadinessItem("indexes", TITLE, found, problems);
    }

    private static List<Problem> unexplained(Project project, StoredEvidence.State gate) {
        boolean hasPlan = !project.files().indexes().isEmpty();
        Set<String> known = hasPlan
                ? project.indexPlan().wanted().stream().map(PlannedIndex::name).collect(Collectors.toSet())
                : namedByQueries(project);
        String remedy = hasPlan
                ? "add it to " + project.files().indexes() + " with what it serves or enforces, or drop it"
                : "name it in the `indexes` of a query, or declare an index plan (`indexes: indexes.yaml`)";
        List<StoredEvidence.Index> explained = gate.indexes().stream()
                .filter(index -> known.contains(index.name()))
                .toList();
        return gate.indexes().stream()
                .filter(index -> !known.contains(index.name()) && !isUnique(index) && !isPart(index, explained))
                .map(index -> Problem.ofInput(
                        "the gate has the index '" + index.name() + "' on " + index.table()
                                + ", of which nobody says what it is for",
                        remedy))
                .toList();
    }

    private static Set<String> namedByQueries(Project project) {
        return project.workload().statements().stream()
                .map(Query::expectation)
                .flatMap(each -> each.indexes().values().stream())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }

    private static boolean isUnique(StoredEvidence.Index index) {
        return definition(index).filter(IndexDefinition::isUnique).isPresent();
    }

    /** An index of a partition has the definition of its parent, on another table that has no explained index itself. */
    private static boolean isPart(StoredEvidence.Index index, List<StoredEvidence.Index> explained) {
        boolean otherTable = explained.stream().noneMatch(each -> each.table().equals(index.table()));
        return otherTable
                && explained.stream()
                        .filter(each -> each.definition().contains(" ON ONLY "))
                        .anyMatch(each -> definition(each).equals(definition(index)));
    }

    private static Optional<IndexDefinition> definition(StoredEvidence.Index index) {
        return index.statement().map(IndexStatement::definition);
    }

    /** Each jsonb column needs an index that looks into it, or an entry of the plan that says why there is none. */
    static ReadinessItem jsonb(ReadinessFacts facts) {
        List<Problem> problems = new ArrayList<>();
        List<JsonbColumn> columns = List.of();
        Optional<StoredEvidence.State> gate = facts.gate();
        if (gate.isEmpty()) {
            problems.add(ReadinessFacts.NO_EVIDENCE);
        } else if (gate.get().jsonbColumns() == null) {
            problems.add(Problem.ofInput(
                    "the evidence does not say which columns are jsonb: an older version made it",
                    "run `pgattest prove` again"));
        } else {
            columns = Objects.requireNonNull(gate.get().jsonbColumns());
        }
        for (JsonbColumn column : columns) {
            if (!isDecided(facts.project(), gate.orElseThrow(), column)) {
                problems.add(undecided(facts.project(), column));
            }
        }
        return new ReadinessItem(
                "jsonb",
                "for every jsonb column it is decided whether an index looks into it",
                ReadinessFacts.counted(columns.size(), "column"),
                problems);
    }

    private static boolean isDecided(Project project, StoredEvidence.State gate, JsonbColumn column) {
        Optional<QualifiedName> table = QualifiedName.parse(column.table());
        Stream<IndexDefinition> planned = project.indexPlan().indexes().stream()
                .filter(index ->
                        table.filter(name -> isSame(name, index.table())).isPresent())
                .map(index -> index.statement().definition());
        Stream<IndexDefinition> existing = gate.indexes().stream()
                .filter(index -> index.table().equals(column.table()))
                .flatMap(index -> definition(index).stream());
        return Stream.concat(planned, existing).anyMatch(index -> index.mentions(column.column()));
    }

    private static boolean isSame(QualifiedName full, QualifiedName written) {
        return full.name().equals(written.name())
                && (written.schema() == null || written.schema().equals(full.schema()));
    }

    private static Problem undecided(Project project, JsonbColumn column) {
        String plan = project.files().indexes();
        String name = Identifier.quote(column.column());
        return Problem.ofInput(
                "nobody decided whether an index looks into " + column.table() + "." + name,
                (plan.isEmpty() ? "declare an index plan (`indexes: indexes.yaml`) with" : "add to " + plan)
                        + " an entry with the definition `create index on " + column.table() + " using gin (" + name
                        + ")` and the decision `create`, or `defer` with its rationale");
    }
}
