package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogAfter;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanner;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.PathItem;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.deploy.ScriptPath;
import dev.pgattest.deploy.Situation;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.Wanted;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.playbook.ScriptInput;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plan that would take a deployment back that has not been made yet. */
final class WayBack {

    private final ReferenceStates reference;
    private final PlanSettings settings;
    private final CatalogSnapshot live;
    private final DeploymentHistory history;

    WayBack(ReferenceStates reference, PlanSettings settings, CatalogSnapshot live, DeploymentHistory history) {
        this.reference = reference;
        this.settings = settings;
        this.live = live;
        this.history = history;
    }

    /**
     * The plan that undoes another, once that is done.
     *
     * @throws dev.pgattest.PgattestException of bad input when something cannot be taken back
     */
    DeploymentPlan of(DeploymentPlan plan) {
        Map<QualifiedName, WantedIndex> remade = remade(plan);
        CatalogSnapshot after = after(plan);
        Map<QualifiedName, WantedIndex> wanted = new HashMap<>(remade);
        Set<QualifiedName> managed = new HashSet<>(remade.keySet());
        touched(plan).forEach((name, before) -> {
            if (!WantedIndex.isTemporary(name)) {
                managed.add(name);
                before.ifPresent(index -> wanted.put(name, index));
            }
        });
        Set<QualifiedName> same = new HashSet<>();
        wanted.forEach((name, index) -> after.index(name)
                .map(CatalogIndex::definition)
                .filter(index.statement().definition()::equals)
                .ifPresent(definition -> same.add(name)));
        Situation situation = new Situation(
                new Situation.Purpose(
                        plan.project(),
                        Direction.ROLLBACK,
                        plan.to(),
                        plan.from(),
                        "",
                        List.of("takes the deployment back")),
                after,
                new Wanted(managed, wanted),
                same,
                managed,
                back(plan),
                renamed(plan),
                Map.of());
        return DeploymentPlanner.plan(situation, settings).orThrow();
    }

    /** What the catalog is going to be after a plan, without the tables that its scripts drop and the way back makes anew. */
    CatalogSnapshot after(DeploymentPlan plan) {
        Map<QualifiedName, WantedIndex> remade = remade(plan);
        Set<QualifiedName> gone = new HashSet<>(remade.keySet());
        remade.values().forEach(index -> gone.add(index.table()));
        return CatalogAfter.of(plan, live).without(gone);
    }

    /** The scripts of a plan as what is to be undone. */
    ScriptInput.Undone undone(DeploymentPlan plan) {
        Set<QualifiedName> made = ofOldTables(plan);
        boolean dropsIndexes = back(plan).stream()
                .filter(PathItem.Script.class::isInstance)
                .flatMap(item -> ((PathItem.Script) item).removed().stream())
                .anyMatch(made::contains);
        return new ScriptInput.Undone(keys(plan), dropsIndexes);
    }

    /** The indexes that a plan makes of tables which no script has made. */
    private Set<QualifiedName> ofOldTables(DeploymentPlan plan) {
        return plan.steps().stream()
                .filter(step -> step.kind() == StepKind.CREATE || step.kind() == StepKind.CREATE_PARENT)
                .filter(step -> step.table().flatMap(live::relation).isPresent())
                .flatMap(step -> step.index().stream())
                .collect(Collectors.toSet());
    }

    private List<String> keys(DeploymentPlan plan) {
        return scripts(plan.from(), plan.to()).stream()
                .filter(PathItem.Script.class::isInstance)
                .map(item -> ((PathItem.Script) item).step())
                .filter(step -> step.kind().isOfScript())
                .map(Step::key)
                .toList();
    }

    /** As for the deployer, there is nothing to undo where a script does nothing but make indexes. */
    private List<PathItem> back(DeploymentPlan plan) {
        return keys(plan).isEmpty() ? List.of() : scripts(plan.to(), plan.from());
    }

    /** The indexes of what the scripts drop and, on the way back, make anew. */
    private Map<QualifiedName, WantedIndex> remade(DeploymentPlan plan) {
        return keys(plan).isEmpty() ? Map.of() : reference.remade(reference.path(plan.to(), plan.from()), plan.from());
    }

    private List<PathItem> scripts(String from, String to) {
        return ScriptPath.of(reference.path(reference.state(from).name(), to), settings)
                .orThrow();
    }

    /** What the deployment will have worked on when it is done, each as it was before. */
    private Map<QualifiedName, Optional<WantedIndex>> touched(DeploymentPlan plan) {
        Map<QualifiedName, Optional<WantedIndex>> touched = new LinkedHashMap<>();
        history.unfinished().map(DeploymentRecord::touched).ifPresent(touched::putAll);
        plan.steps().stream()
                .flatMap(step -> Stream.concat(step.index().stream(), step.former().stream()))
                .forEach(name -> touched.putIfAbsent(name, before(name)));
        return touched;
    }

    /** The indexes that get their former names again, with those that the plan gives them. */
    private static Map<QualifiedName, QualifiedName> renamed(DeploymentPlan plan) {
        Map<QualifiedName, QualifiedName> renamed = new HashMap<>();
        plan.steps().stream()
                .filter(step -> step.kind() == StepKind.RENAME)
                .forEach(step ->
                        renamed.put(step.former().orElseThrow(), step.index().orElseThrow()));
        return renamed;
    }

    private Optional<WantedIndex> before(QualifiedName name) {
        return live.index(name).filter(index -> index.standing().valid()).flatMap(index -> live.asWanted(name));
    }
}
