package dev.pgattest.pipeline;

import dev.pgattest.deploy.BuildProgress;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.UseOfIndex;
import java.time.Duration;
import java.util.List;

/** Is told how a deployment goes on. All calls come from the thread that runs it, except for {@link #watched}. */
public interface DeploymentListener {

    /** Tells no one. */
    DeploymentListener SILENT = new DeploymentListener() {};

    /** Somebody else deploys to the database; their end is waited for. */
    default void waitsForLock(String holder) {}

    /** What was looked at before anything is changed. */
    default void preflight(List<PreflightItem> items) {}

    /** This plan is going to be carried out; nothing is changed yet. */
    default void planned(DeploymentPlan plan) {}

    /** A step is next. */
    default void begins(int number, int count, Step step) {}

    /** It is done already, so it is passed over. */
    default void found(Step step) {}

    /** The journal has it; its first statement is next. */
    default void starts(Step step) {}

    /** What it does at this moment. */
    default void watched(Step step, BuildProgress progress) {}

    /** It could not get its locks, and is tried again after a pause. */
    default void retries(Step step, int attempt, Duration pause, String why) {}

    /** Its statements have run; its record in the journal is next. */
    default void executed(Step step) {}

    /** It is done. */
    default void ends(Step step, Duration elapsed) {}

    /** What the cases make of the index that a step has finished; empty when none is known to be in need of it. */
    default void looked(Step step, List<UseOfIndex> uses) {}

    /** Everything is done; these cases do not use what they are to use, by their plans of now. */
    default void unused(List<UseOfIndex> unused) {}

    /** All steps are done, and the journal has it under this number. */
    default void done(long deployment) {}
}
