package dev.pgattest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be done when the process ends, on its own or by a signal. The JVM runs its hooks at once and in no order; these run one
 * after the other, the last one added first, so that whoever was there first can rely on the others being done.
 */
public final class ProcessEnd {

    private static final Deque<Runnable> TASKS = new ArrayDeque<>();
    private static boolean begun;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ProcessEnd::runAll, "pgattest-end"));
    }

    private ProcessEnd() {}

    /** Adds a task, unless the end has begun. */
    public static void add(Runnable task) {
        synchronized (TASKS) {
            if (!begun) {
                TASKS.push(task);
            }
        }
    }

    /** Takes a task back; false when the end has begun and the task is run, or was never added. */
    public static boolean remove(Runnable task) {
        synchronized (TASKS) {
            return !begun && TASKS.remove(task);
        }
    }

    /** Whether the end has begun; what fails from then on is a consequence of it. */
    public static boolean hasBegun() {
        synchronized (TASKS) {
            return begun;
        }
    }

    private static void runAll() {
        Deque<Runnable> tasks;
        synchronized (TASKS) {
            begun = true;
            tasks = new ArrayDeque<>(TASKS);
        }
        tasks.forEach(Runnable::run);
    }
}
