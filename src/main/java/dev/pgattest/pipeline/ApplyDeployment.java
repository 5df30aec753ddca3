package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.postgres.Connections;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Carries out a deployment, or takes the last one back. */
public final class ApplyDeployment {

    private final ApplyRequest how;
    private final DeploymentListener listener;

    /** Prepares it. */
    public ApplyDeployment(ApplyRequest how, DeploymentListener listener) {
        this.how = how;
        this.listener = listener;
    }

    /**
     * How it ended.
     *
     * @param plan what was carried out
     * @param deployment its number in the journal; empty when nothing was to be done
     */
    public record Outcome(DeploymentPlan plan, Optional<Long> deployment) {}

    /**
     * Makes a plan under the lock, asks whether it may be carried out, and does so.
     *
     * @param confirmation asked with the plan; when it says no, nothing is changed
     * @throws PgattestException when it is not confirmed, not allowed, or fails; what was done stays and is gone on with the next time
     */
    public Outcome toState(DeployRequest request, Progress progress, Predicate<DeploymentPlan> confirmation) {
        return run(request, progress, confirmation, DeploymentPlan.Direction.APPLY);
    }

    /** The same for taking the last deployment back. */
    public Outcome back(DeployRequest request, Progress progress, Predicate<DeploymentPlan> confirmation) {
        return run(request, progress, confirmation, DeploymentPlan.Direction.ROLLBACK);
    }

    private Outcome run(
            DeployRequest request,
            Progress progress,
            Predicate<DeploymentPlan> confirmation,
            DeploymentPlan.Direction direction) {
        LoadedProject loaded = LoadedProject.read(request.project());
        request.states().target().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        request.states().origin().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        try (DeploymentRun run = DeploymentRun.open(request.connections(), how, listener)) {
            ReferenceStates reference = ReferenceWalk.states(loaded, request.reference(), progress);
            progress.step("comparing the catalogs");
            DeploymentPlanning planning =
                    new DeploymentPlanning(request, reference, run.session().session());
            DeploymentPlan plan = direction == DeploymentPlan.Direction.APPLY ? planning.forward() : planning.back();
            if (!plan.steps().isEmpty() && !confirmation.test(plan)) {
                throw PgattestException.badInput("not confirmed, so nothing was changed", "");
            }
            run.verifyUse(UseVerification.of(loaded, plan.to(), request.connections()));
            return new Outcome(plan, run.carryOut(plan));
        }
    }

    /**
     * Carries out a plan that was made before.
     *
     * @param project folder of the project, which says what the indexes are for
     * @throws PgattestException of bad input when the database is no longer what the plan was made for
     */
    public Outcome plan(DeploymentPlan plan, Path project, Connections connections) {
        LoadedProject loaded = LoadedProject.read(project);
        if (!loaded.project().name().equals(plan.project())) {
            throw PgattestException.badInput(
                    "the plan is of the project " + plan.project() + ", not of "
                            + loaded.project().name(),
                    "name the folder of the project that the plan was made for");
        }
        return plan(plan, UseVerification.of(loaded, plan.to(), connections), connections);
    }

    /** The same with all that is to be known of the project. */
    Outcome plan(DeploymentPlan plan, UseVerification uses, Connections connections) {
        try (DeploymentRun run = DeploymentRun.open(connections, how, listener)) {
            run.requireFitting(plan);
            run.verifyUse(uses);
            return new Outcome(plan, run.carryOut(plan));
        }
    }
}
