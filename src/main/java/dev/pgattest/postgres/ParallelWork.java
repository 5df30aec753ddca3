package dev.pgattest.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on several sessions at once, the largest waiting one first; a task may add others. The first failure ends all: no
 * further task starts and the failure is thrown when the running ones have ended.
 */
final class ParallelWork {

    private final PriorityQueue<Task> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Task::size).reversed().thenComparing(Task::name));
    private int running;
    private @Nullable RuntimeException failure;

    /** One task, with a size that orders it against others. */
    record Task(String name, long size, Action action) {}

    /** What a task does, on the session of the thread that it runs on. */
    @FunctionalInterface
    interface Action {
        void on(Session session);
    }

    /** Adds a task; safe to call from within a running one. */
    synchronized void add(Task task) {
        waiting.add(task);
        notifyAll();
    }

    /** Runs everything on this many sessions and returns when nothing is left. */
    void run(int sessions, Supplier<Session> open) {
        ExecutorService threads = Executors.newFixedThreadPool(sessions, work -> {
            Thread thread = new Thread(work, "pgattest-load");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                workers.add(threads.submit(() -> work(open)));
            }
            for (Future<?> worker : workers) {
                await(worker);
            }
        } finally {
            threads.shutdownNow();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void work(Supplier<Session> open) {
        try (Session session = open.get()) {
            for (Task task = next(); task != null; task = next()) {
                try {
                    task.action().on(session);
                } finally {
                    done();
                }
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized @Nullable Task next() {
        while (waiting.isEmpty() && running > 0 && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        if (failure != null || waiting.isEmpty()) {
            return null;
        }
        running++;
        return waiting.poll();
    }

    private synchronized void done() {
        running--;
        notifyAll();
    }

    private synchronized void fail(RuntimeException e) {
        if (failure == null) {
            failure = e;
        } else {
            failure.addSuppressed(e);
        }
        notifyAll();
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
