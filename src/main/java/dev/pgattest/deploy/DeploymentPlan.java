package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a deployment does, in order, and the catalog that it was made for.
 *
 * @param project name of the project
 * @param direction whether it goes to a state or takes the last deployment back
 * @param from the state that the database is in
 * @param to the state that it is brought to
 * @param fingerprint digest of what the plan relies on in the catalog; see {@link CatalogSnapshot#fingerprint}
 * @param managed the indexes that the project manages, sorted; no other is ever touched
 * @param steps empty when nothing is to be done
 * @param notes what the reader should know and the steps do not say
 */
public record DeploymentPlan(
        String project,
        Direction direction,
        String from,
        String to,
        String fingerprint,
        List<QualifiedName> managed,
        List<Step> steps,
        List<String> notes) {

    /** Which way it goes. */
    public enum Direction {
        APPLY,
        ROLLBACK
    }

    public DeploymentPlan {
        managed = List.copyOf(managed);
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }

    /** The tables that the steps name. */
    public List<QualifiedName> tables() {
        return tables(steps);
    }

    static List<QualifiedName> tables(List<Step> steps) {
        return steps.stream().flatMap(step -> step.table().stream()).distinct().toList();
    }

    /** The hazards of all steps. */
    public Set<Hazard> hazards() {
        Set<Hazard> hazards = new TreeSet<>();
        steps.forEach(step -> hazards.addAll(step.hazards()));
        return hazards;
    }
}
