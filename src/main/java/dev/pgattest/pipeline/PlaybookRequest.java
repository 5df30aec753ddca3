package dev.pgattest.pipeline;

import dev.pgattest.deploy.PreflightLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a playbook is made for.
 *
 * @param deployment which project goes where
 * @param subject what is planned
 * @param limits what is asked of the database
 */
public record PlaybookRequest(DeployRequest deployment, Subject subject, PreflightLimits limits) {

    /** Whose playbook it is. */
    public sealed interface Subject {

        /** Of a deployment that is planned now. */
        record Deployment() implements Subject {}

        /** Of taking the last deployment back. */
        record Rollback() implements Subject {}

        /**
         * Of a plan that was made before.
         *
         * @param plan its file
         */
        record Stored(Path plan) implements Subject {}
    }

    /** The subject that options name. */
    public static Subject subject(@Nullable Path plan, Subject otherwise) {
        return plan == null ? otherwise : new Subject.Stored(plan);
    }
}
