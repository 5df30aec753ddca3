package dev.pgattest.pipeline;

import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.deploy.DeploymentRecord.Waits;
import dev.pgattest.deploy.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notes for the journal what the step that is at work has to wait for. */
final class StepNotes extends ForwardingListener {

    private final Map<Integer, String> blockers = new LinkedHashMap<>();
    private int retries;

    StepNotes(DeploymentListener next) {
        super(next);
    }

    /** What the step has waited for so far. */
    synchronized Waits waits() {
        return new Waits(retries, blockers.values().stream().toList());
    }

    @Override
    public void starts(Step step) {
        synchronized (this) {
            retries = 0;
            blockers.clear();
        }
        super.starts(step);
    }

    @Override
    public void watched(Step step, BuildProgress progress) {
        Blocker blocker = progress.blocker();
        if (blocker != null) {
            synchronized (this) {
                blockers.put(blocker.pid(), blocker.text());
            }
        }
        super.watched(step, progress);
    }

    @Override
    public void retries(Step step, int attempt, Duration pause, String why) {
        synchronized (this) {
            retries++;
        }
        super.retries(step, attempt, pause, why);
    }
}
