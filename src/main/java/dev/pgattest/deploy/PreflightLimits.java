package dev.pgattest.deploy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of a database before it is changed.
 *
 * @param freeBytes space that is free on the disk of the indexes; null when it is not known
 * @param replicaLag how far a replica may be behind
 */
public record PreflightLimits(@Nullable Long freeBytes, Duration replicaLag) {

    /** Free space is not known; replicas may be a minute behind. */
    public static final PreflightLimits DEFAULT = new PreflightLimits(null, Duration.ofMinutes(1));
}
