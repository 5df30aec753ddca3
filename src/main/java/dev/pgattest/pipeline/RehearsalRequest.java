package dev.pgattest.pipeline;

import dev.pgattest.deploy.PlanSettings;
import java.nio.file.Path;

/**
 * Which deployment to try, on what data and under which load.
 *
 * @param project folder of the project
 * @param target server and benchmark database
 * @param size how much data
 * @param states where to go and from where; from the first state when nothing is said
 * @param settings how patient the deployment is
 * @param load length of the quiet time, and a factor of the declared rates
 * @param writesPerSecond updates of each table whose indexes change, beside the workload
 */
public record RehearsalRequest(
        Path project,
        ProveRequest.Target target,
        ProveRequest.Size size,
        DeployRequest.States states,
        PlanSettings settings,
        LoadChoice load,
        double writesPerSecond) {}
