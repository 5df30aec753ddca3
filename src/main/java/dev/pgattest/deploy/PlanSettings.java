package dev.pgattest.deploy;

import java.time.Duration;

/**
 * How patient a deployment is.
 *
 * @param shortLock longest wait for a lock that others queue behind; such steps are tried again
 * @param buildLock longest wait of a concurrent build or drop for the transactions before it, which stops nobody
 * @param deadline longest time of one build; zero for none
 * @param attempts how often a step is tried when it cannot get its locks; at least 1
 * @param workers parallel workers that a build or a query of a script may have besides its own process; at least 0
 */
public record PlanSettings(Duration shortLock, Duration buildLock, Duration deadline, int attempts, int workers) {

    /**
     * Half a second, ten minutes, twelve hours, thirty times, no workers. Half a second is less than what PostgreSQL waits before it looks
     * for deadlocks ({@code deadlock_timeout}, a second): a deployment gives way before somebody else's statement is made the victim.
     */
    public static final PlanSettings DEFAULT =
            new PlanSettings(Duration.ofMillis(500), Duration.ofMinutes(10), Duration.ofHours(12), 30, 0);

    /** A build waits long already, so it is tried again only twice. */
    private static final int MOST_BUILDS = 3;

    public PlanSettings {
        if (shortLock.isNegative() || shortLock.isZero() || buildLock.isNegative() || buildLock.isZero()) {
            throw new IllegalArgumentException("a lock timeout is positive");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("there is at least one attempt: " + attempts);
        }
        if (workers < 0) {
            throw new IllegalArgumentException("a number of workers is negative: " + workers);
        }
    }

    Step.Limits ofShortStep() {
        return new Step.Limits(shortLock, Duration.ZERO, attempts, workers);
    }

    Step.Limits ofLongScript() {
        return new Step.Limits(shortLock, deadline, attempts, workers);
    }

    Step.Limits ofBuild() {
        return new Step.Limits(buildLock, deadline, Math.min(attempts, MOST_BUILDS), workers);
    }
}
