package dev.pgattest.cli;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.pipeline.ApplyDeployment;
import dev.pgattest.report.Numbers;

/** How a deployment ended, in one line. */
final class DeployResult {

    private DeployResult() {}

    static String text(ApplyDeployment.Outcome outcome) {
        DeploymentPlan plan = outcome.plan();
        if (outcome.deployment().isEmpty()) {
            return plan.project() + " is in " + plan.to() + "; nothing was to be done";
        }
        return plan.project() + " is in " + plan.to() + ": deployment "
                + outcome.deployment().get() + ", "
                + Numbers.counted(plan.steps().size(), "step", "steps");
    }
}
