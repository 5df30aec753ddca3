package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.Step;
import dev.pgattest.postgres.BackendWatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Watches the step that runs, tells the listener, and cancels the step's own backend when its deadline has passed. */
final class BuildWatch implements AutoCloseable {

    private static final long LOOK_MS = 500;

    private final BackendWatch backends;
    private final DeploymentListener listener;
    private final Thread thread;
    private @Nullable Watched watched;
    private boolean closed;

    private record Watched(Step step, int backend, long endNanos) {}

    BuildWatch(BackendWatch backends, DeploymentListener listener) {
        this.backends = backends;
        this.listener = listener;
        this.thread = new Thread(this::run, "pgattest-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Watches a backend from now on. */
    synchronized void begin(Step step, int backend) {
        Duration deadline = step.limits().deadline();
        long end = deadline.isZero() ? Long.MAX_VALUE : System.nanoTime() + deadline.toNanos();
        watched = new Watched(step, backend, end);
        notifyAll();
    }

    /** Watches no more. */
    synchronized void end() {
        watched = null;
    }

    private synchronized void run() {
        try {
            while (!closed) {
                wait(watched == null ? 0 : LOOK_MS);
                Watched now = watched;
                if (now != null && !closed) {
                    look(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Under the lock of this object, so that no cancellation is sent after the step has ended. */
    private void look(Watched now) {
        if (now.endNanos() != Long.MAX_VALUE && System.nanoTime() - now.endNanos() > 0) {
            cancel(now);
        }
        backends.look(now.backend())
                .filter(progress -> !progress.phase().isEmpty() || progress.blocker() != null)
                .ifPresent(progress -> listener.watched(now.step(), progress));
    }

    private void cancel(Watched now) {
        try {
            backends.cancel(now.backend());
        } catch (PgattestException retriedAtTheNextLook) {
            backends.close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        backends.close();
    }
}
