package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.postgres.DirectSession;
import dev.pgattest.postgres.Session;
import java.util.function.Function;

/** Makes the plan of a deployment. Changes nothing. */
public final class PlanDeployment {

    private final DeployRequest request;
    private final Progress progress;

    /** Prepares the planning. */
    public PlanDeployment(DeployRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Makes it.
     *
     * @throws PgattestException when the project or the database does not allow one, or a server fails
     */
    public DeploymentPlan run() {
        return with(DeploymentPlanning::forward);
    }

    /**
     * Compares the database with the state that it should be in: the plan's steps are what differs.
     *
     * @throws PgattestException when the project or the database does not allow it, or a server fails
     */
    public DeploymentPlan verification() {
        return with(DeploymentPlanning::verification);
    }

    private DeploymentPlan with(Function<DeploymentPlanning, DeploymentPlan> planning) {
        LoadedProject loaded = LoadedProject.read(request.project());
        request.states().target().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        request.states().origin().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        try (Session session = DirectSession.toPrimary(request.connections(), "pgattest")) {
            ReferenceStates reference = ReferenceWalk.states(loaded, request.reference(), progress);
            progress.step("comparing the catalogs");
            return planning.apply(new DeploymentPlanning(request, reference, session));
        }
    }
}
