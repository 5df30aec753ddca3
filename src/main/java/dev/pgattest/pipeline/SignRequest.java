package dev.pgattest.pipeline;

import dev.pgattest.signoff.SignOff;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to sign.
 *
 * @param project folder of the project
 * @param evidence folder of the evidence; null for the project's own
 * @param owner who signs
 * @param key file of the key; null for the one that ssh uses
 * @param decision what the owner says
 */
public record SignRequest(
        Path project,
        @Nullable Path evidence,
        String owner,
        @Nullable Path key,
        SignOff.Decision decision) {}
