package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import dev.pgattest.postgres.BackendWatch;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.Preflight;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries out a plan under the lock of the deployment. */
final class DeploymentRun implements AutoCloseable {

    private static final Duration LOCK_LOOK = Duration.ofMillis(500);

    private final Connections connections;
    private final ApplyRequest request;
    private final DeploymentListener listener;
    private final DeploymentSession session;
    private @Nullable UseVerification uses;

    private DeploymentRun(
            Connections connections, ApplyRequest request, DeploymentListener listener, DeploymentSession session) {
        this.connections = connections;
        this.request = request;
        this.listener = listener;
        this.session = session;
    }

    /**
     * Connects and takes the lock.
     *
     * @throws PgattestException of the environment when somebody else holds it for too long, naming them
     */
    static DeploymentRun open(Connections connections, ApplyRequest request, DeploymentListener listener) {
        DeploymentSession session = DeploymentSession.open(connections);
        DeploymentRun run = new DeploymentRun(connections, request, listener, session);
        try {
            run.awaitLock();
            return run;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void awaitLock() {
        long start = System.nanoTime();
        boolean told = false;
        while (!session.tryLock()) {
            String holder = DeploymentSession.lockHolder(session.session()).orElse("somebody who has just ended");
            if (System.nanoTime() - start >= request.lockWait().toNanos()) {
                throw PgattestException.environment(
                        "another deployment is at work in the database "
                                + connections.settings().database() + ": " + holder,
                        "wait until it ends, or give a longer --wait; a build goes on on the server even when the"
                                + " program that began it is gone");
            }
            if (!told) {
                listener.waitsForLock(holder);
                told = true;
            }
            LockRetry.sleep(LOCK_LOOK);
        }
    }

    DeploymentSession session() {
        return session;
    }

    /** Has it looked at what the queries make of new indexes. */
    void verifyUse(UseVerification verification) {
        uses = verification;
    }

    /**
     * Checks and carries out a plan.
     *
     * @return the number of the deployment; empty when nothing was to be done
     * @throws DeploymentRefused when the preflight finds something that stands in the way
     * @throws PgattestException of bad input for a plan that no longer fits, or a hazard that was not allowed
     */
    Optional<Long> carryOut(DeploymentPlan plan) {
        DeploymentHistory history = DeploymentJournal.read(session.session(), plan.project());
        Optional<DeploymentRecord> begun = history.unfinished();
        if (plan.steps().isEmpty() && begun.isEmpty()) {
            return Optional.empty();
        }
        requireAllowed(plan);
        requirePreflight(plan);
        listener.planned(plan);
        StepNotes notes = new StepNotes(listener);
        DeploymentJournal journal = new DeploymentJournal(session.session(), Operator.ofThisProcess(), notes::waits);
        journal.make();
        Optional<DeploymentRecord> same = begun.filter(each -> each.direction() == plan.direction());
        long deployment = same.map(DeploymentRecord::id).orElseGet(() -> journal.begin(plan, undoes(plan, history)));
        same.ifPresent(record -> journal.goOn(record.id(), plan));
        Set<String> done = same.map(DeploymentRecord::doneKeys).orElse(Set.of());
        try (BuildWatch watch = new BuildWatch(new BackendWatch(connections), notes)) {
            StepExecution execution = new StepExecution(session, journal, watch, notes);
            execution.resume(plan, done);
            run(deployment, plan, execution);
        }
        journal.done(deployment);
        listener.done(deployment);
        return Optional.of(deployment);
    }

    private void run(long deployment, DeploymentPlan plan, StepExecution execution) {
        int position = 0;
        boolean removes = false;
        for (Step step : plan.steps()) {
            position++;
            if (step.kind().isRemoval() && !removes) {
                removes = true;
                requireUse(plan);
            }
            listener.begins(position, plan.steps().size(), step);
            execution.run(deployment, position, step);
            if (uses != null) {
                uses.after(step).ifPresent(looks -> listener.looked(step, looks));
            }
        }
        List<UseOfIndex> unused = uses == null ? List.of() : uses.unused();
        listener.unused(unused);
        require(unused);
    }

    /** Before the first index goes: what replaces it is to be of use. */
    private void requireUse(DeploymentPlan plan) {
        if (uses != null && request.demand() == ApplyRequest.UseDemand.REQUIRE) {
            Set<QualifiedName> goes = new HashSet<>();
            plan.steps().stream()
                    .filter(step -> step.kind().isRemoval())
                    .forEach(step -> step.index().ifPresent(goes::add));
            require(uses.unused(goes));
        }
    }

    private void require(List<UseOfIndex> unused) {
        if (!unused.isEmpty() && request.demand() == ApplyRequest.UseDemand.REQUIRE) {
            throw new DeploymentRefused(
                    String.join("; ", unused.stream().map(UseOfIndex::text).toList()),
                    "go on without --require-use when another plan is as good, for example on a small table; or take the"
                            + " deployment back with `pgattest deploy rollback`");
        }
    }

    private static Optional<Long> undoes(DeploymentPlan plan, DeploymentHistory history) {
        return plan.direction() == Direction.ROLLBACK
                ? history.toRollBack().map(DeploymentRecord::id)
                : Optional.empty();
    }

    /**
     * Refuses a plan that was made for another catalog than the one that is there, unless a deployment was begun with this very plan: then
     * it is the plan itself that has changed the catalog, and each step looks whether it is done.
     */
    void requireFitting(DeploymentPlan plan) {
        requireFitting(
                plan,
                DeploymentCatalog.read(session.session()),
                DeploymentJournal.read(session.session(), plan.project()));
    }

    /** The same for a catalog and a journal that were read already. */
    static void requireFitting(DeploymentPlan plan, CatalogSnapshot live, DeploymentHistory history) {
        boolean goesOn = history.unfinished()
                .filter(record -> record.plan().equals(DeploymentPlanJson.digest(plan)))
                .isPresent();
        String now = live.fingerprint(plan.managed(), plan.tables(), history.summary());
        if (!goesOn && !now.equals(plan.fingerprint())) {
            throw PgattestException.badInput(
                    "the plan was made for another state of the database: its catalog or its journal has changed since",
                    "make a new plan with `pgattest deploy plan`, and look at it again");
        }
    }

    private void requireAllowed(DeploymentPlan plan) {
        Set<Hazard> missing = new TreeSet<>(plan.hazards());
        missing.removeAll(request.allowed());
        if (!missing.isEmpty()) {
            List<String> texts = new ArrayList<>();
            missing.forEach(hazard -> texts.add(hazard.id() + " (" + hazard.effect() + ")"));
            throw PgattestException.badInput(
                    "the plan has hazards that are not allowed: " + String.join(", ", texts),
                    "look at the plan, then add "
                            + String.join(
                                    " ",
                                    missing.stream()
                                            .map(hazard -> "--allow " + hazard.id())
                                            .toList()));
        }
    }

    private void requirePreflight(DeploymentPlan plan) {
        List<PreflightItem> items = Preflight.check(session.session(), plan, request.limits());
        listener.preflight(items);
        List<PreflightItem> blocking =
                items.stream().filter(PreflightItem::blocks).toList();
        if (!blocking.isEmpty()) {
            throw new DeploymentRefused(
                    "the database is not ready: "
                            + String.join(
                                    "; ",
                                    blocking.stream()
                                            .map(item -> item.item() + ": " + item.value())
                                            .toList()),
                    String.join(
                            "; ",
                            blocking.stream()
                                    .map(PreflightItem::remedy)
                                    .distinct()
                                    .toList()));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
