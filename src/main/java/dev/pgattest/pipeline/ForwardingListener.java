package dev.pgattest.pipeline;

import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import java.time.Duration;
import java.util.List;

/** Tells another listener everything. */
class ForwardingListener implements DeploymentListener {

    private final DeploymentListener next;

    ForwardingListener(DeploymentListener next) {
        this.next = next;
    }

    @Override
    public void waitsForLock(String holder) {
        next.waitsForLock(holder);
    }

    @Override
    public void preflight(List<PreflightItem> items) {
        next.preflight(items);
    }

    @Override
    public void planned(DeploymentPlan plan) {
        next.planned(plan);
    }

    @Override
    public void begins(int number, int count, Step step) {
        next.begins(number, count, step);
    }

    @Override
    public void found(Step step) {
        next.found(step);
    }

    @Override
    public void starts(Step step) {
        next.starts(step);
    }

    @Override
    public void watched(Step step, BuildProgress progress) {
        next.watched(step, progress);
    }

    @Override
    public void retries(Step step, int attempt, Duration pause, String why) {
        next.retries(step, attempt, pause, why);
    }

    @Override
    public void executed(Step step) {
        next.executed(step);
    }

    @Override
    public void ends(Step step, Duration elapsed) {
        next.ends(step, elapsed);
    }

    @Override
    public void looked(Step step, List<UseOfIndex> uses) {
        next.looked(step, uses);
    }

    @Override
    public void unused(List<UseOfIndex> unused) {
        next.unused(unused);
    }

    @Override
    public void done(long deployment) {
        next.done(deployment);
    }
}
