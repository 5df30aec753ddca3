package dev.pgattest.pipeline;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import java.util.List;

/** The database stands against a deployment: nothing failed, and the input is right. */
public final class DeploymentRefused extends PgattestException {

    private static final long serialVersionUID = 1L;

    DeploymentRefused(String message, String remedy) {
        super(ExitCode.FAILED, message, remedy, List.of(), null);
    }
}
