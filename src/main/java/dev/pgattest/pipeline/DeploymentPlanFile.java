package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Utf8;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.Step;
import dev.pgattest.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A plan of a deployment as a file, for whoever applies it later or elsewhere. */
public final class DeploymentPlanFile {

    private DeploymentPlanFile() {}

    /**
     * Writes it whole or not at all.
     *
     * @throws PgattestException of bad input when its statements hold passwords; of the environment when it cannot be written
     */
    public static void write(Path file, DeploymentPlan plan) {
        requireNoSecrets(plan);
        AtomicFile.write(file, DeploymentPlanJson.text(plan));
    }

    /**
     * Refuses to keep passwords in files: without them the plan could not be carried out.
     *
     * @throws PgattestException of bad input with each step that has one
     */
    static void requireNoSecrets(DeploymentPlan plan) {
        List<Problem> problems = plan.steps().stream()
                .filter(Step::hasSecrets)
                .map(
                        step -> Problem.ofInput(
                                "the statements from " + step.subject().text()
                                        + " hold a password, which no file of a plan is to keep",
                                "take it out of the script, or carry the plan out without a file: `pgattest deploy apply` without --plan"))
                .toList();
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
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
