package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Mix64;
import dev.pgattest.load.ArrivalTimes;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.load.RunRecorder;
import dev.pgattest.load.StreamRecorder;
import dev.pgattest.load.StreamSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends statements at times that were drawn before, whatever became of those before them, and measures each from the moment at which it was
 * to begin. A thread that has a free connection takes the next arrival of its query and waits for its time; when every connection of
 * the query is busy, arrivals are taken late, and that is their wait for a connection.
 */
public final class OpenLoop implements AutoCloseable {

    /** Every run has the same arrivals for the same rates. */
    public static final long SEED = 20240301;

    /** A backlog is worked off for so long after the last arrival; what has not begun then is given up. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Connections connections;
    private final Timing timing;
    private final List<Source> sources = new ArrayList<>();
    private final RunRecorder run = new RunRecorder();
    private final ExecutorService threads;
    private final List<Future<?>> workers = new ArrayList<>();
    private final int connectionCount;
    private volatile long origin;
    private volatile long lengthNanos;

    /**
     * When what happens.
     *
     * @param warmup time of load before the run, which is not recorded
     * @param length of the run; null to go on until {@link #stop}
     * @param round length of a slice of the run
     * @param statementLimit time after which the server cancels a statement; zero for no limit
     */
    public record Timing(Duration warmup, @Nullable Duration length, Duration round, Duration statementLimit) {}

    private OpenLoop(Connections connections, List<LoadStream> streams, Timing timing) {
        this.connections = connections;
        this.timing = timing;
        this.lengthNanos = (timing.length() == null ? LONGEST : timing.length()).toNanos();
        this.connectionCount =
                streams.stream().mapToInt(LoadStream::connections).sum();
        for (LoadStream stream : streams) {
            sources.add(new Source(stream, timing.round().toNanos()));
        }
        this.threads = Executors.newFixedThreadPool(connectionCount, work -> {
            Thread thread = new Thread(work, "pgattest-load");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens all connections, runs each stream's statement on each of them, and begins.
     *
     * @throws PgattestException when a connection cannot be opened or a session's role or settings are refused
     */
    public static OpenLoop start(Connections connections, List<LoadStream> streams, Timing timing) {
        OpenLoop loop = new OpenLoop(connections, streams, timing);
        List<Worker> ready = new ArrayList<>();
        try {
            for (Source source : loop.sources) {
                for (int i = 0; i < source.stream.connections(); i++) {
                    ready.add(loop.new Worker(source));
                }
            }
            // At once, as a slow statement would otherwise hold up the beginning once for each of its connections.
            List<Future<?>> prepared = new ArrayList<>();
            ready.forEach(worker -> prepared.add(loop.threads.submit(worker::prepare)));
            prepared.forEach(OpenLoop::await);
        } catch (RuntimeException e) {
            ready.forEach(Worker::close);
            loop.threads.shutdownNow();
            throw e;
        }
        loop.origin = System.nanoTime() + timing.warmup().toNanos();
        ready.forEach(worker -> loop.workers.add(loop.threads.submit(worker)));
        return loop;
    }

    /** Waits for the end of the warm-up. */
    public void awaitBeginning() {
        for (long left = origin - System.nanoTime(); left > 0; left = origin - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Ends the arrivals now, and waits as {@link #finish} does. */
    public LoadSamples stop() {
        lengthNanos = Math.max(1, Math.min(lengthNanos, System.nanoTime() - origin));
        sources.forEach(Source::end);
        return finish();
    }

    /** Waits for the end of the run and of what has begun, and returns what was measured. */
    public LoadSamples finish() {
        for (Future<?> worker : workers) {
            await(worker);
        }
        threads.shutdown();
        int rounds = (int)
                Math.max(1, Math.round(lengthNanos / (double) timing.round().toNanos()));
        List<StreamSamples> samples =
                sources.stream().map(source -> source.recorder.samples(rounds)).toList();
        return run.samples(lengthNanos, connectionCount, samples);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void await(Future<?> worker) {
        try {
            worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The arrivals of a stream, handed out in order. */
    private static final class Source {

        private final LoadStream stream;
        private final ArrivalTimes times;
        private final StreamRecorder recorder;
        private final List<Thread> waiting = new ArrayList<>();
        private int number;

        Source(LoadStream stream, long roundNanos) {
            this.stream = stream;
            this.times = new ArrivalTimes(Mix64.derive(SEED, stream.name()), stream.perSecond());
            this.recorder = new StreamRecorder(stream.name(), roundNanos);
        }

        synchronized Arrival next() {
            List<CaseStatement> draws = stream.draws();
            return new Arrival(times.next(), draws.get(number++ % draws.size()));
        }

        synchronized void sleeps(Thread thread) {
            waiting.add(thread);
        }

        synchronized void woke(Thread thread) {
            waiting.remove(thread);
        }

        synchronized void end() {
            waiting.forEach(LockSupport::unpark);
        }
    }

    private record Arrival(long nanos, CaseStatement statement) {}

    /** A thread with a connection. */
    private final class Worker implements Runnable {

        private final Source source;
        private LoadSession session;

        Worker(Source source) {
            this.source = source;
            this.session = LoadSession.open(connections, source.stream, timing.statementLimit());
        }

        /** A pool's connections have their statements prepared and their caches filled; what would be committed is left to the run. */
        void prepare() {
            if (source.stream.ending() == LoadStream.Ending.ROLLBACK) {
                try {
                    session.execute(source.stream.draws().get(0));
                } catch (SqlFailure failure) {
                    // What the server refuses is counted when it is refused in the run; a connection is replaced there
                    // too.
                }
            }
        }

        @Override
        public void run() {
            try {
                long shift = timing.warmup().toNanos();
                while (true) {
                    Arrival arrival = source.next();
                    long intended = arrival.nanos() - shift;
                    boolean free = now() < intended;
                    if (free) {
                        sleepUntil(intended);
                    }
                    if (intended >= lengthNanos) {
                        return;
                    }
                    serve(intended, free ? intended : now(), arrival.statement());
                }
            } finally {
                close();
            }
        }

        private void sleepUntil(long intended) {
            source.sleeps(Thread.currentThread());
            for (long left = intended - now(); left > 0 && intended < lengthNanos; left = intended - now()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("interrupted while loading");
                }
            }
            source.woke(Thread.currentThread());
        }

        /** What belongs to the warm-up is executed and not recorded. */
        private void serve(long intended, long free, CaseStatement statement) {
            boolean recorded = intended >= 0;
            long begun = now();
            if (recorded) {
                OpenLoop.this.run.offered(intended);
                if (free == intended) {
                    OpenLoop.this.run.lag(begun - intended);
                }
            }
            if (begun > lengthNanos + GRACE.toNanos()) {
                if (recorded) {
                    source.recorder.unfinished(intended);
                }
                return;
            }
            try {
                long ended = session.execute(statement) - origin;
                if (recorded) {
                    source.recorder.completed(new StreamRecorder.Execution(intended, free, begun, ended));
                    achieved(ended);
                }
            } catch (SqlFailure failure) {
                if (recorded) {
                    source.recorder.failed(intended, failure.sqlState());
                    achieved(now());
                }
                if (failure.isTrouble()) {
                    reconnect();
                }
            }
        }

        private void achieved(long ended) {
            if (ended < lengthNanos) {
                OpenLoop.this.run.achieved(ended);
            }
        }

        /** An application's pool replaces a connection that is broken; when that fails too, the next execution finds out. */
        private void reconnect() {
            try {
                close();
                session = LoadSession.open(connections, source.stream, timing.statementLimit());
            } catch (PgattestException stillDown) {
                // The old, closed session stays: it fails each execution, which is counted.
            }
        }

        private long now() {
            return System.nanoTime() - origin;
        }

        void close() {
            session.close();
        }
    }
}
