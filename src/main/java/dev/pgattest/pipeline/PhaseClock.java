package dev.pgattest.pipeline;

import dev.pgattest.evidence.Evidence.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Notes where the time of a run goes, and how much of it the server was at work. */
final class PhaseClock {

    private final List<Phase> phases = new ArrayList<>();

    /** A part of the run whose whole time is the server's, or the generator's that feeds it. */
    <T> T server(String name, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        double ms = (System.nanoTime() - start) / 1e6;
        phases.add(new Phase(name, ms, ms));
        return result;
    }

    /** A part of the run in which the server does nothing. */
    <T> T local(String name, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        phases.add(new Phase(name, (System.nanoTime() - start) / 1e6, 0));
        return result;
    }

    /** A part of the run of which the server was at work for so many nanoseconds. */
    void mixed(String name, long nanos, long serverNanos) {
        phases.add(new Phase(name, nanos / 1e6, serverNanos / 1e6));
    }

    /** The parts so far, in order. */
    List<Phase> phases() {
        return List.copyOf(phases);
    }
}
