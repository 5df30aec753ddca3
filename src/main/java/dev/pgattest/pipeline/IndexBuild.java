package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepState;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.DuplicateKeys;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Builds one index concurrently. What to do next follows from the catalog each time, so that it does not matter who was interrupted when:
 * nothing there: build; somebody is building: wait; an invalid leftover: drop, then build.
 */
final class IndexBuild {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Duration LOOK = Duration.ofMillis(500);

    /** Whoever blocked the build may block this too; then the next run drops it. */
    private static final Step.Limits LEFTOVER = new Step.Limits(Duration.ofSeconds(3), Duration.ZERO, 1, 0);

    private final DeploymentSession session;
    private final LockRetry retry;

    IndexBuild(DeploymentSession session, LockRetry retry) {
        this.session = session;
        this.retry = retry;
    }

    /** Whether an index has the definition that a step gives to what it builds. */
    boolean isAsWanted(QualifiedName name, Step step, CatalogSnapshot live) {
        return new IndexSameness(session.session(), live).is(name, wanted(step));
    }

    private static QualifiedName index(Step step) {
        return step.index().orElseThrow();
    }

    private static IndexStatement wanted(Step step) {
        return IndexStatement.parse(step.statements().get(0)).orThrow();
    }

    /**
     * Builds it, and says about it what the step has to say. What a failed build has left is dropped: it would slow writes down, and refuse
     * rows if it is unique.
     *
     * @throws DeploymentRefused when the rows do not allow it
     */
    void build(Step step) {
        try {
            retry.run(step, limits -> attempt(step, limits));
        } catch (PgattestException failure) {
            dropLeftover(step, failure);
            throw failure;
        }
        for (String statement : step.statements().subList(1, step.statements().size())) {
            retry.run(step, limits -> session.alone(statement, limits));
        }
    }

    private void dropLeftover(Step step, PgattestException why) {
        try {
            CatalogSnapshot live = DeploymentCatalog.read(session.session());
            boolean left = live.index(index(step))
                    .filter(index -> !StepState.isUsable(index))
                    .isPresent();
            if (left && !live.building().contains(index(step))) {
                drop(step, LEFTOVER);
            }
        } catch (SqlFailure lost) {
            why.addSuppressed(lost);
        }
    }

    private void drop(Step step, Step.Limits limits) {
        session.alone("drop index concurrently " + index(step).sql(), limits);
    }

    private void attempt(Step step, Step.Limits limits) {
        while (true) {
            CatalogSnapshot live = DeploymentCatalog.read(session.session());
            Optional<CatalogIndex> present = live.index(index(step));
            if (present.isEmpty()) {
                requireFree(step, live);
                create(step, limits);
                return;
            }
            if (live.building().contains(index(step))) {
                LockRetry.sleep(LOOK);
            } else if (!StepState.isUsable(present.get())) {
                drop(step, limits);
            } else if (isAsWanted(index(step), step, live)) {
                return;
            } else {
                throw PgattestException.environment(
                        index(step).sql() + " was made by somebody else meanwhile, with another definition: "
                                + present.get().sql(),
                        "make a new plan");
            }
        }
    }

    private static void requireFree(Step step, CatalogSnapshot live) {
        if (live.relation(index(step)).isPresent()) {
            throw PgattestException.environment(
                    "the name " + index(step).sql() + " was taken by something else meanwhile", "make a new plan");
        }
    }

    private void create(Step step, Step.Limits limits) {
        try {
            session.alone(step.statements().get(0), limits);
        } catch (SqlFailure failure) {
            if (!failure.sqlState().equals(UNIQUE_VIOLATION)) {
                throw failure;
            }
            List<String> keys = DuplicateKeys.of(
                    session.session(), index(step), step.table().orElseThrow());
            String shown = keys.isEmpty() ? failure.serverMessage() : String.join("; ", keys);
            throw new DeploymentRefused(
                    "the unique index " + index(step).sql() + " cannot be built, because rows of "
                            + step.table().orElseThrow().sql() + " are equal: " + shown,
                    "remove or change these rows; what the build left behind is dropped");
        }
    }
}
