package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.Step;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.SqlFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the statements of a step under the watch, and again after a pause when others hold the locks that it needs. */
final class LockRetry {

    /** Lock timeout, deadlock: nothing is wrong but the moment. */
    private static final Set<String> PASSING = Set.of("55P03", "40P01");

    private static final String CANCELLED = "57014";

    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final DeploymentSession session;
    private final BuildWatch watch;
    private final DeploymentListener listener;
    private final SecureRandom random = new SecureRandom();

    LockRetry(DeploymentSession session, BuildWatch watch, DeploymentListener listener) {
        this.session = session;
        this.watch = watch;
        this.listener = listener;
    }

    /**
     * Runs it.
     *
     * @param statements what runs it, within the limits of an attempt
     * @throws DeploymentRefused when the server refuses a statement
     * @throws PgattestException of the environment when the locks cannot be had in as many attempts as the step has, or its deadline passes
     */
    void run(Step step, Consumer<Step.Limits> statements) {
        for (int number = 1; ; number++) {
            int attempt = number;
            try {
                watched(step, () -> statements.accept(limits(step, attempt)));
                return;
            } catch (SqlFailure failure) {
                if (failure.sqlState().equals(CANCELLED)) {
                    throw cancelled(step, failure);
                }
                if (!PASSING.contains(failure.sqlState())) {
                    throw failure.isTrouble() ? failure : refused(step, failure);
                }
                if (attempt >= step.limits().attempts()) {
                    throw exhausted(step, failure);
                }
                Duration pause = pause(attempt);
                listener.retries(step, attempt, pause, failure.serverMessage());
                sleep(pause);
            }
        }
    }

    /** What stands in a transaction takes locks that others queue behind; a concurrent build or drop stops nobody while it waits. */
    private static Step.Limits limits(Step step, int attempt) {
        return step.kind().isTransactional() ? step.limits().ofAttempt(attempt) : step.limits();
    }

    private void watched(Step step, Runnable statements) {
        watch.begin(step, session.backend());
        try {
            statements.run();
        } finally {
            watch.end();
        }
    }

    /** Twice as long each time, up to ten seconds, and up to a half more or less, so that two do not meet again and again. */
    private Duration pause(int attempt) {
        long middle = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt - 1, 10));
        return Duration.ofMillis(middle / 2 + random.nextLong(middle));
    }

    static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PgattestException.environment("interrupted", "run the command again", e);
        }
    }

    private static PgattestException refused(Step step, SqlFailure failure) {
        return new DeploymentRefused(
                step.kind().word() + " " + step.subject().text() + " is refused by the server: "
                        + failure.serverMessage() + " (SQLSTATE " + failure.sqlState() + ")",
                "nothing of this step was kept; mend the cause, then run the command again, or take the deployment back");
    }

    private static PgattestException exhausted(Step step, SqlFailure failure) {
        return PgattestException.environment(
                step.kind().word() + " " + step.subject().text() + " could not get its locks in "
                        + step.limits().attempts() + " attempts: " + failure.serverMessage() + " (SQLSTATE "
                        + failure.sqlState() + ")",
                "run it again at a quieter time, end the sessions that hold the locks, or raise --attempts",
                failure);
    }

    private static PgattestException cancelled(Step step, SqlFailure failure) {
        return PgattestException.environment(
                step.kind().word() + " " + step.subject().text() + " was cancelled: " + failure.serverMessage()
                        + " (SQLSTATE " + CANCELLED + ")",
                "somebody cancelled it, or --deadline has passed; the same command goes on from here",
                failure);
    }
}
