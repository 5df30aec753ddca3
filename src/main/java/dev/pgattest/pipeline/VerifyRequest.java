package dev.pgattest.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param project folder of the project
 * @param evidence folder of the evidence; null for the project's own
 * @param allowedSigners file that says whose key speaks for whom; null for {@code PROJECT/allowed_signers}
 * @param maxAge how old a sign-off may be; null for any age
 */
public record VerifyRequest(
        Path project,
        @Nullable Path evidence,
        @Nullable Path allowedSigners,
        @Nullable Duration maxAge) {}
