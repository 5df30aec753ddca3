package dev.pgattest.cli;

import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import dev.pgattest.pipeline.DeploymentListener;
import dev.pgattest.report.DeploymentText;
import dev.pgattest.report.Numbers;
import java.time.Duration;
import java.util.List;

/** A deployment as it goes on, on standard error: one line a step, below it what it does, replaced on a terminal. */
final class DeploymentLines implements DeploymentListener {

    private static final int BAR = 20;

    private final ConsoleProgress progress;
    private String lastState = "";

    DeploymentLines(ConsoleProgress progress) {
        this.progress = progress;
    }

    @Override
    public void waitsForLock(String holder) {
        progress.note("waiting for another deployment: " + holder);
    }

    @Override
    public void preflight(List<PreflightItem> items) {
        items.forEach(item -> progress.note(DeploymentText.line(item)));
    }

    @Override
    public synchronized void begins(int number, int count, Step step) {
        lastState = "";
        progress.note("step " + number + " of " + count + ": " + DeploymentText.title(step));
    }

    @Override
    public void found(Step step) {
        progress.note("  done already");
    }

    @Override
    public synchronized void watched(Step step, BuildProgress state) {
        if (Terminal.showsProgress()) {
            progress.step("  " + bar(state.percent()) + state.text());
            return;
        }
        // Without a terminal a line for each look would fill the log: one for each phase and each blocker is enough.
        String changes =
                state.phase() + (state.blocker() == null ? "" : state.blocker().pid());
        if (!changes.equals(lastState)) {
            lastState = changes;
            progress.note("  " + state.text());
        }
    }

    private static String bar(double percent) {
        if (percent < 0) {
            return "";
        }
        int full = (int) Math.min(BAR, Math.round(percent / 100 * BAR));
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
    }

    @Override
    public void retries(Step step, int attempt, Duration pause, String why) {
        progress.note("  attempt " + attempt + " failed (" + why + "), again in "
                + Numbers.duration((double) pause.toMillis()));
    }

    @Override
    public void ends(Step step, Duration elapsed) {
        progress.note("  done in " + Numbers.duration((double) elapsed.toMillis()));
    }

    @Override
    public void looked(Step step, List<UseOfIndex> uses) {
        DeploymentText.uses(uses).forEach(line -> progress.note("  " + line));
    }

    @Override
    public void unused(List<UseOfIndex> unused) {
        unused.forEach(each -> progress.note("warn  " + each.text()));
    }
}
