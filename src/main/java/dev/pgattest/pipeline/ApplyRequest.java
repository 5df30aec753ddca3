package dev.pgattest.pipeline;

import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PreflightLimits;
import java.time.Duration;
import java.util.Set;

/**
 * How a plan is carried out.
 *
 * @param allowed the hazards that somebody has allowed
 * @param limits what is asked of the database before
 * @param lockWait how long to wait for another deployment to end; zero to leave at once
 */
public record ApplyRequest(Set<Hazard> allowed, PreflightLimits limits, Duration lockWait) {

    public ApplyRequest {
        allowed = Set.copyOf(allowed);
    }
}
