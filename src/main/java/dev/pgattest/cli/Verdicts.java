package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.evidence.Verdict;

/** Verdicts as exit codes. */
final class Verdicts {

    private Verdicts() {}

    static ExitCode exitCode(Verdict verdict) {
        return switch (verdict) {
            case PASS -> ExitCode.PASSED;
            case FAIL -> ExitCode.FAILED;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
        };
    }
}
