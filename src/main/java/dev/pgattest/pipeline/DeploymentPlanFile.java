package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Utf8;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan of a deployment as a file, for whoever applies it later or elsewhere. */
public final class DeploymentPlanFile {

    private DeploymentPlanFile() {}

    /**
     * Writes it whole or not at all.
     *
     * @throws PgattestException of the environment when it cannot be written
     */
    public static void write(Path file, DeploymentPlan plan) {
        AtomicFile.write(file, DeploymentPlanJson.text(plan));
    }

    /**
     * Reads it.
     *
     * @throws PgattestException of bad input when it is not there or no plan
     */
    public static DeploymentPlan read(Path file) {
        try {
            String text = Utf8.decode(file.toString(), Files.readAllBytes(file)).orThrow();
            return DeploymentPlanJson.read(text);
        } catch (IOException e) {
            throw PgattestException.badInput(
                    "the plan " + file + " cannot be read: " + e.getMessage(),
                    "name a file that `pgattest deploy plan --out FILE` wrote");
        }
    }
}
