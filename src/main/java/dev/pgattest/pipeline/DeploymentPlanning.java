package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.deploy.BuildCost;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanner;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.PathItem;
import dev.pgattest.deploy.ScriptPath;
import dev.pgattest.deploy.ScriptStatement;
import dev.pgattest.deploy.Situation;
import dev.pgattest.deploy.Wanted;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.postgres.BuildCosts;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plans for one database. Only reads it. */
final class DeploymentPlanning {

    private final DeployRequest request;
    private final ReferenceStates reference;
    private final Session session;
    private final CatalogSnapshot live;
    private final DeploymentHistory history;
    private final List<String> notes = new ArrayList<>();

    DeploymentPlanning(DeployRequest request, ReferenceStates reference, Session session) {
        this.request = request;
        this.reference = reference;
        this.session = session;
        this.live = DeploymentCatalog.read(session);
        this.history = DeploymentJournal.read(session, reference.project().name());
    }

    /** What the database has. */
    CatalogSnapshot live() {
        return live;
    }

    /** What the journal says. */
    DeploymentHistory history() {
        return history;
    }

    /**
     * The plan that brings the database to the wanted state, or goes on with the deployment that is unfinished.
     *
     * @throws PgattestException of bad input with everything that stands in the way
     */
    DeploymentPlan forward() {
        return forward(target(history.unfinished()));
    }

    /** The same to the state that the database should be in by its journal, unless another is named. */
    DeploymentPlan verification() {
        return forward(request.states()
                .target()
                .or(() -> history.last().map(DeploymentRecord::to))
                .orElse(reference.project().trial().gate()));
    }

    private DeploymentPlan forward(String target) {
        Optional<DeploymentRecord> unfinished = history.unfinished();
        String to = reference.state(target).name();
        unfinished.ifPresent(record -> requireSame(record, to));
        String from = unfinished
                .map(DeploymentRecord::from)
                .or(() -> request.states().origin())
                .or(() -> history.last().map(DeploymentRecord::to))
                .orElseGet(() -> new StateRecognition(reference, live, session).name(notes));
        Set<String> done = unfinished.map(DeploymentRecord::doneKeys).orElse(Set.of());
        unfinished.ifPresent(record -> notes.add("goes on with deployment " + record.id() + ", which is unfinished"));
        Set<QualifiedName> managed = reference.managed();
        Map<QualifiedName, WantedIndex> indexes = new HashMap<>(reference.indexes(to));
        if (to.equals(reference.project().trial().gate())) {
            PlannedOnly planned = new PlannedOnly(reference, managed, live, notes);
            managed.addAll(planned.managed());
            indexes.putAll(planned.wanted());
        }
        noteOthers(managed);
        List<PathItem> path = path(reference.path(reference.state(from).name(), to), done);
        unfinished.ifPresent(record -> requireKnown(record, reference.path(record.from(), to)));
        return plan(
                new Situation.Purpose(reference.project().name(), Direction.APPLY, from, to, history.summary(), notes),
                new Wanted(managed, indexes),
                path);
    }

    private String target(Optional<DeploymentRecord> unfinished) {
        return request.states()
                .target()
                .or(() -> unfinished.map(DeploymentRecord::to))
                .orElse(reference.project().trial().gate());
    }

    private static void requireSame(DeploymentRecord unfinished, String to) {
        if (unfinished.direction() == Direction.ROLLBACK) {
            throw PgattestException.badInput(
                    "rollback " + unfinished.id() + " to " + unfinished.to() + " is unfinished",
                    "finish it with `pgattest deploy rollback`");
        }
        if (!unfinished.to().equals(to)) {
            throw PgattestException.badInput(
                    "deployment " + unfinished.id() + " to " + unfinished.to() + " is unfinished",
                    "finish it with `pgattest deploy apply --to " + unfinished.to()
                            + "`, or take it back with `pgattest deploy rollback`");
        }
    }

    /** A script that was changed after a part of it has run would have its new text run from the beginning. */
    private void requireKnown(DeploymentRecord unfinished, List<ScriptStatement> statements) {
        Set<String> keys = new HashSet<>();
        for (PathItem item : ScriptPath.of(statements, request.settings()).orThrow()) {
            if (item instanceof PathItem.Script script) {
                keys.add(script.step().key());
            }
        }
        for (DeploymentRecord.StepRecord step : unfinished.doneScripts()) {
            if (!keys.contains(step.key())) {
                throw PgattestException.badInput(List.of(Problem.ofFile(
                        step.object().replaceAll(":\\d+$", ""),
                        "the script has changed since deployment " + unfinished.id() + " ran its statements from "
                                + step.object(),
                        "restore the script, or take the deployment back with `pgattest deploy rollback`")));
            }
        }
    }

    /** What the scripts still have to do. */
    private List<PathItem> path(List<ScriptStatement> statements, Set<String> done) {
        List<PathItem> items = ScriptPath.of(statements, request.settings()).orThrow();
        return new ScriptProgress(session, notes).remaining(items, done);
    }

    private void noteOthers(Set<QualifiedName> managed) {
        Set<QualifiedName> tables = new HashSet<>();
        reference
                .project()
                .states()
                .forEach(state -> reference.indexes(state.name()).values().forEach(index -> tables.add(index.table())));
        List<String> others = live.indexes().values().stream()
                .filter(index -> tables.contains(index.table()) && !managed.contains(index.name()))
                .filter(index -> index.partOf().isEmpty())
                .filter(index -> !WantedIndex.isTemporary(index.name()))
                .map(index -> index.name().sql())
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            notes.add("not managed, so not touched: " + String.join(", ", others));
        }
    }

    private DeploymentPlan plan(Situation.Purpose purpose, Wanted wanted, List<PathItem> path) {
        Set<QualifiedName> same = new IndexSameness(session, live).asWanted(wanted);
        Map<QualifiedName, QualifiedName> renames = new IndexRenames(session, live).of(wanted);
        Situation situation =
                new Situation(purpose, live, wanted, same, history.touched(), path, renames, costs(wanted, same));
        return DeploymentPlanner.plan(situation, request.settings()).orThrow();
    }

    /** Of the indexes that are not there, or not as they are wanted. */
    private Map<QualifiedName, BuildCost> costs(Wanted wanted, Set<QualifiedName> asWanted) {
        MeasuredBuilds measured = MeasuredBuilds.of(request.project());
        BuildCosts sizes = new BuildCosts(session);
        Map<QualifiedName, BuildCost> costs = new HashMap<>();
        for (WantedIndex index : wanted.indexes().values()) {
            boolean built = !asWanted.contains(index.name())
                    && live.relation(index.table()).isPresent();
            if (built) {
                costs.put(
                        index.name(),
                        new BuildCost(
                                index.statement().definition().method(),
                                sizes.keyBytes(index.statement()),
                                sizes.share(index.statement()),
                                measured.of(index.name().name()).orElse(null)));
            }
        }
        return costs;
    }

    /**
     * The plan that takes the last deployment back, or goes on taking it back.
     *
     * @throws PgattestException of bad input when there is none
     */
    DeploymentPlan back() {
        DeploymentRecord deployment = toRollBack();
        Optional<DeploymentRecord> begun =
                history.unfinished().filter(record -> record.direction() == Direction.ROLLBACK);
        Map<QualifiedName, WantedIndex> indexes = new HashMap<>();
        Set<QualifiedName> managed = new HashSet<>();
        deployment.touched().forEach((name, before) -> {
            before.ifPresent(index -> indexes.put(name, index));
            managed.add(name);
        });
        // What a replacement has left is found by the index's own name.
        deployment.touched().keySet().forEach(name -> {
            managed.remove(WantedIndex.temporaryName(name));
            managed.remove(WantedIndex.formerName(name));
        });
        notes.add("takes deployment " + deployment.id() + " back");
        List<PathItem> path = List.of();
        if (!deployment.doneScripts().isEmpty()) {
            List<ScriptStatement> statements = reference.path(
                    reference.state(deployment.to()).name(),
                    reference.state(deployment.from()).name());
            boolean whole = deployment.outcome() == DeploymentRecord.Outcome.DONE && begun.isEmpty();
            List<ScriptStatement> possible =
                    whole ? statements : new ScriptProgress(session, notes).possible(statements);
            reference.remade(possible, deployment.from()).forEach((name, index) -> {
                indexes.put(name, index);
                managed.add(name);
            });
            path = path(possible, begun.map(DeploymentRecord::doneKeys).orElse(Set.of()));
        }
        return plan(
                new Situation.Purpose(
                        reference.project().name(),
                        Direction.ROLLBACK,
                        deployment.to(),
                        deployment.from(),
                        history.summary(),
                        notes),
                new Wanted(managed, indexes),
                path);
    }

    /** The deployment that a rollback takes back. */
    DeploymentRecord toRollBack() {
        return history.toRollBack()
                .orElseThrow(() -> PgattestException.badInput(
                        "there is no deployment of " + reference.project().name() + " to take back in this database",
                        "`pgattest deploy status` shows what its journal has"));
    }
}
