package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The indexes that the index plan decides about and no state has. The plan is made for the gate, so they are managed on the way there and
 * nowhere else; what is deferred is not.
 */
final class PlannedOnly {

    private final CatalogSnapshot gate;
    private final CatalogSnapshot live;
    private final List<String> notes;
    private final Set<QualifiedName> managed = new HashSet<>();
    private final Map<QualifiedName, WantedIndex> wanted = new HashMap<>();

    /**
     * Looks for them.
     *
     * @param states the indexes of the states
     * @param notes is told about each
     */
    PlannedOnly(ReferenceStates reference, Set<QualifiedName> states, CatalogSnapshot live, List<String> notes) {
        this.gate = reference.catalog(reference.project().trial().gate());
        this.live = live;
        this.notes = notes;
        for (PlannedIndex planned : reference.project().indexPlan().indexes()) {
            Optional<QualifiedName> table = table(planned);
            String schema = table.map(QualifiedName::schema).orElse(null);
            QualifiedName name = new QualifiedName(schema, planned.name());
            boolean ofState = states.stream()
                    .anyMatch(each ->
                            each.name().equals(name.name()) && (schema == null || schema.equals(each.schema())));
            if (table.isPresent() && !ofState) {
                add(planned, name, table.get());
            }
        }
    }

    /** The names of those that a deployment may touch. */
    Set<QualifiedName> managed() {
        return managed;
    }

    /** Those that are to be there. */
    Map<QualifiedName, WantedIndex> wanted() {
        return wanted;
    }

    private void add(PlannedIndex planned, QualifiedName name, QualifiedName table) {
        IndexStatement statement = planned.statement();
        switch (planned.decision()) {
            case DEFER -> {}
            case DROP -> {
                if (live.index(name).isPresent()) {
                    managed.add(name);
                    notes.add(name.sql() + " is in no state; the index plan says that it is to be dropped");
                }
            }
            case KEEP, CREATE -> {
                if (statement.before().startsWith("alter")) {
                    notes.add(
                            name.sql() + " of the index plan belongs to a constraint and is in no state, so it is left"
                                    + " alone: add the constraint to a state");
                    return;
                }
                managed.add(name);
                notes.add(name.sql() + " is in no state, so nothing was measured with it; the index plan says "
                        + planned.decision().word());
                wanted.put(
                        name,
                        new WantedIndex(
                                name,
                                new IndexStatement(
                                        planned.name(),
                                        table,
                                        statement.definition(),
                                        statement.before(),
                                        statement.after()),
                                null,
                                live.comments().get(name)));
            }
        }
    }

    /** With its schema, as the gate or the database has it. */
    private Optional<QualifiedName> table(PlannedIndex planned) {
        QualifiedName table = planned.table();
        return Stream.of(gate, live)
                .flatMap(catalog -> catalog.relations().keySet().stream()
                        .filter(name -> name.name().equals(table.name()))
                        .filter(name -> table.schema() == null || Objects.equals(table.schema(), name.schema()))
                        .sorted(Comparator.comparing((QualifiedName name) -> !Objects.equals(name.schema(), "public"))
                                .thenComparing(QualifiedName::sql)))
                .findFirst();
    }
}
