package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.deploy.StepState;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Runs one step after the other: journal, statements, verification, journal. */
final class StepExecution {

    private static final String RESUME =
            "look with `pgattest deploy status`; the same `deploy apply` or `deploy rollback` goes on from there";

    private final DeploymentSession session;
    private final DeploymentJournal journal;
    private final DeploymentListener listener;
    private final LockRetry retry;
    private final IndexBuild builds;
    private final Map<QualifiedName, QualifiedName> finalNames = new HashMap<>();
    private final Set<String> doneScripts = new HashSet<>();

    StepExecution(DeploymentSession session, DeploymentJournal journal, BuildWatch watch, DeploymentListener listener) {
        this.session = session;
        this.journal = journal;
        this.listener = listener;
        this.retry = new LockRetry(session, watch, listener);
        this.builds = new IndexBuild(session, retry);
    }

    /**
     * Prepares for the steps of a plan.
     *
     * @param done keys of the steps that the journal says are done; the catalog decides about all but those of scripts
     */
    void resume(DeploymentPlan plan, Set<String> done) {
        for (Step step : plan.steps()) {
            if (step.kind() == StepKind.SWAP) {
                step.index().ifPresent(name -> finalNames.put(WantedIndex.temporaryName(name), name));
            }
            if (step.kind().isOfScript() && done.contains(step.key())) {
                doneScripts.add(step.key());
            }
        }
    }

    /**
     * Runs a step, unless the catalog has its result already.
     *
     * @param deployment number of the deployment
     * @param position of the step in the plan, from 1
     */
    void run(long deployment, int position, Step step) {
        CatalogSnapshot live = DeploymentCatalog.read(session.session());
        if (isDone(step, live)) {
            listener.found(step);
            return;
        }
        long start = System.nanoTime();
        long record = journal.beginStep(deployment, position, step, live);
        listener.starts(step);
        try {
            execute(step, record);
        } catch (PgattestException failure) {
            note(record, failure);
            throw failure;
        }
        listener.ends(step, Duration.ofNanos(System.nanoTime() - start));
    }

    private boolean isDone(Step step, CatalogSnapshot live) {
        if (step.kind() != StepKind.CREATE && step.kind() != StepKind.CREATE_PARENT) {
            return doneScripts.contains(step.key()) || StepState.isDone(step, live);
        }
        QualifiedName name = step.index().orElseThrow();
        QualifiedName afterwards = finalNames.getOrDefault(name, name);
        boolean swapped = live.index(name).isEmpty() && builds.isAsWanted(afterwards, step, live);
        return swapped || (StepState.isDone(step, live) && builds.isAsWanted(name, step, live));
    }

    private void execute(Step step, long record) {
        if (step.kind().isTransactional()) {
            retry.run(step, limits -> session.transaction(step.statements(), limits, () -> journal.stepDone(record)));
            listener.executed(step);
            verify(step);
            return;
        }
        if (step.kind() == StepKind.CREATE) {
            builds.build(step);
        } else {
            retry.run(step, limits -> session.alone(step.statements(), limits));
        }
        listener.executed(step);
        verify(step);
        journal.stepDone(record);
    }

    private void verify(Step step) {
        CatalogSnapshot after = DeploymentCatalog.read(session.session());
        boolean visible = step.index().isPresent() && step.kind() != StepKind.COMMENT;
        if (visible && !isDone(step, after)) {
            throw PgattestException.environment(
                    step.kind().word() + " " + step.subject().text()
                            + " has run, but the catalog does not have what it should bring about",
                    RESUME);
        }
    }

    /** The journal is told what it can be told; the failure itself matters more. */
    private void note(long record, PgattestException failure) {
        try {
            journal.stepFailed(record, String.valueOf(failure.getMessage()));
        } catch (SqlFailure lost) {
            failure.addSuppressed(lost);
        }
    }
}
