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
 * @param demand what becomes of a query that does not use the index which was made for it
 */
public record ApplyRequest(Set<Hazard> allowed, PreflightLimits limits, Duration lockWait, UseDemand demand) {

    /** What becomes of a query that does not use the index which was made for it. */
    public enum UseDemand {
        /** It is told. */
        REPORT,
        /** Nothing is removed, and the deployment is not finished. */
        REQUIRE
    }

    public ApplyRequest {
        allowed = Set.copyOf(allowed);
    }

    /** One that only tells which queries do not use their index. */
    public ApplyRequest(Set<Hazard> allowed, PreflightLimits limits, Duration lockWait) {
        this(allowed, limits, lockWait, UseDemand.REPORT);
    }
}
