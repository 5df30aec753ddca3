package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.deploy.CompletionReport;
import dev.pgattest.deploy.CompletionReport.Result;
import dev.pgattest.deploy.CompletionReport.StepOutcome;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.postgres.Connections;
import dev.pgattest.sql.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what a deployment does, for its report, and tells another listener. */
public final class DeploymentRecorder extends ForwardingListener {

    private final Path project;
    private final Connections connections;
    private final Map<Step, Notes> notes = new LinkedHashMap<>();
    private List<PreflightItem> preflight = List.of();
    private @Nullable DeploymentPlan plan;
    private @Nullable DatabaseLook before;
    private @Nullable Step current;
    private @Nullable Long deployment;

    /** What is known of a step so far. */
    private static final class Notes {
        private Result result = Result.OPEN;
        private @Nullable Duration elapsed;
        private final List<String> retries = new ArrayList<>();
        private final Map<Integer, Blocker> blockers = new LinkedHashMap<>();
    }

    /**
     * Prepares to record.
     *
     * @param project folder of the project, whose queries are planned before and after
     * @param connections to the database
     * @param next is told everything too
     */
    public DeploymentRecorder(Path project, Connections connections, DeploymentListener next) {
        super(next);
        this.project = project;
        this.connections = connections;
    }

    @Override
    public void preflight(List<PreflightItem> items) {
        preflight = items;
        super.preflight(items);
    }

    @Override
    public void planned(DeploymentPlan made) {
        synchronized (this) {
            plan = made;
            made.steps().forEach(step -> notes.put(step, new Notes()));
        }
        before = DatabaseLook.at(connections, project, made.from());
        super.planned(made);
    }

    private synchronized Notes of(Step step) {
        return notes.computeIfAbsent(step, each -> new Notes());
    }

    @Override
    public void found(Step step) {
        of(step).result = Result.FOUND;
        super.found(step);
    }

    @Override
    public void starts(Step step) {
        current = step;
        super.starts(step);
    }

    @Override
    public void watched(Step step, BuildProgress progress) {
        Blocker blocker = progress.blocker();
        if (blocker != null) {
            synchronized (this) {
                of(step).blockers.put(blocker.pid(), blocker);
            }
        }
        super.watched(step, progress);
    }

    @Override
    public void retries(Step step, int attempt, Duration pause, String why) {
        of(step).retries.add(why);
        super.retries(step, attempt, pause, why);
    }

    @Override
    public void ends(Step step, Duration elapsed) {
        of(step).result = Result.DONE;
        of(step).elapsed = elapsed;
        current = null;
        super.ends(step, elapsed);
    }

    @Override
    public void done(long number) {
        deployment = number;
        super.done(number);
    }

    /**
     * What has been done.
     *
     * @param failure why it ended early; null when it did not
     * @return empty when nothing was begun
     */
    public synchronized Optional<CompletionReport> report(@Nullable PgattestException failure) {
        DeploymentPlan carriedOut = plan;
        DatabaseLook first = before;
        if (carriedOut == null || first == null) {
            return Optional.empty();
        }
        String why = failure == null ? "" : SecretText.clean(String.valueOf(failure.getMessage()));
        DatabaseLook last = DatabaseLook.at(connections, project, carriedOut.to());
        return Optional.of(new CompletionReport(
                carriedOut,
                new CompletionReport.Run(
                        deployment, connections.settings().database(), first.settings(), first.at(), last.at(), why),
                preflight,
                carriedOut.steps().stream().map(this::outcome).toList(),
                first.sizes(carriedOut, last),
                first.changes(last),
                last.left(carriedOut, failure != null)));
    }

    private StepOutcome outcome(Step step) {
        Notes known = of(step);
        Result result = step.equals(current) && known.result == Result.OPEN ? Result.FAILED : known.result;
        return new StepOutcome(step, result, known.elapsed, known.retries, List.copyOf(known.blockers.values()));
    }
}
