package dev.pgattest.deploy;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.deploy.PathItem.IndexPlace;
import dev.pgattest.deploy.PathItem.Script;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the plan. Indexes are made where their script makes them, those that no script of the path mentions before everything else, and
 * whatever removes an index comes last: no query is ever without one that it needs.
 */
public final class DeploymentPlanner {

    private Situation situation;
    private final PlanSettings settings;
    private final Map<QualifiedName, IndexSteps> indexes = new LinkedHashMap<>();
    private final Set<QualifiedName> madeByScript = new HashSet<>();
    private final Set<QualifiedName> removedByScript = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private DeploymentPlanner(Situation situation, PlanSettings settings) {
        this.situation = situation;
        this.settings = settings;
    }

    /** The plan; or what stands in its way. */
    public static Result<DeploymentPlan> plan(Situation situation, PlanSettings settings) {
        return new DeploymentPlanner(situation, settings).plan();
    }

    private Result<DeploymentPlan> plan() {
        for (PathItem item : situation.path()) {
            if (item instanceof Script script) {
                madeByScript.addAll(script.made());
                removedByScript.addAll(script.removed());
            }
        }
        Map<QualifiedName, QualifiedName> renames = new HashMap<>(situation.renames());
        renames.entrySet().removeIf(each -> isScripts(each.getKey()) || isScripts(each.getValue()));
        situation = situation.renaming(renames);
        for (QualifiedName name : situation.wanted().managed()) {
            if (!isScripts(name)) {
                indexes.put(name, IndexSteps.of(name, situation, settings));
            }
        }
        indexes.values().forEach(steps -> problems.addAll(steps.problems()));
        requireTables();
        return problems.isEmpty() ? Result.of(plan(steps())) : Result.rejected(problems);
    }

    /** Whether a script that is still to run makes the index, or removes it, together with something else. */
    private boolean isScripts(QualifiedName name) {
        return madeByScript.contains(name)
                || (removedByScript.contains(name)
                        && situation.wanted().index(name).isEmpty());
    }

    private void requireTables() {
        for (WantedIndex wanted : situation.wanted().indexes().values()) {
            boolean there = situation.live().relation(wanted.table()).isPresent();
            if (!there && !madeByScript.contains(wanted.table()) && indexes.containsKey(wanted.name())) {
                problems.add(Problem.ofInput(
                        "the table " + wanted.table().sql() + " of the index "
                                + wanted.name().sql() + " does not exist",
                        "run the project's migrations in this database first"));
            }
        }
    }

    private List<Step> steps() {
        Set<QualifiedName> placed = new HashSet<>();
        situation.path().stream()
                .filter(IndexPlace.class::isInstance)
                .forEach(place -> placed.addAll(((IndexPlace) place).indexes()));
        List<Step> steps = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        indexes.forEach((name, index) -> {
            if (!placed.contains(name)) {
                (madeByScript.contains(tableOf(name)) ? last : steps).addAll(index.makes());
            }
        });
        for (PathItem item : situation.path()) {
            if (item instanceof Script script) {
                steps.add(script.step());
            } else if (item instanceof IndexPlace place) {
                place.indexes().stream()
                        .sorted(Comparator.comparing(QualifiedName::sql))
                        .filter(placed::remove)
                        .filter(indexes::containsKey)
                        .forEach(name -> steps.addAll(made(name)));
            }
        }
        steps.addAll(last);
        indexes.values().forEach(index -> steps.addAll(index.removes()));
        return List.copyOf(new LinkedHashSet<>(steps));
    }

    private List<Step> made(QualifiedName name) {
        IndexSteps steps = indexes.get(name);
        return steps == null ? List.of() : steps.makes();
    }

    private QualifiedName tableOf(QualifiedName index) {
        return situation.wanted().index(index).map(WantedIndex::table).orElse(index);
    }

    private DeploymentPlan plan(List<Step> steps) {
        Situation.Purpose purpose = situation.purpose();
        List<QualifiedName> managed = List.copyOf(situation.wanted().managed());
        return new DeploymentPlan(
                purpose.project(),
                purpose.direction(),
                purpose.from(),
                purpose.to(),
                situation.live().fingerprint(managed, DeploymentPlan.tables(steps), purpose.journal()),
                managed,
                steps,
                purpose.notes());
    }
}
