package dev.pgattest.pipeline;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.dataset.FingerprintAccumulator;
import dev.pgattest.dataset.TableData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Fingerprints of a dataset's tables, computed from its declaration on several threads. */
final class Fingerprints {

    private static final long ROWS_AT_ONCE = 20_000;

    private Fingerprints() {}

    /** One fingerprint a table, in the order of the dataset; the same from any number of threads. */
    static List<Fingerprint> of(Dataset dataset, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "pgattest-fingerprint");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Fingerprint> fingerprints = new ArrayList<>();
            for (TableData table : dataset.tables()) {
                fingerprints.add(of(table, threads, pool));
            }
            return fingerprints;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Fingerprint of(TableData table, int threads, ExecutorService pool) {
        AtomicLong next = new AtomicLong();
        List<Future<FingerprintAccumulator>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            parts.add(pool.submit(() -> part(table, next)));
        }
        FingerprintAccumulator whole = new FingerprintAccumulator();
        for (Future<FingerprintAccumulator> part : parts) {
            try {
                whole.merge(part.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while fingerprinting", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot generate " + table.name(), e.getCause());
            }
        }
        return whole.fingerprint(table.name());
    }

    private static FingerprintAccumulator part(TableData table, AtomicLong next) {
        FingerprintAccumulator part = new FingerprintAccumulator();
        for (long row = next.getAndAdd(ROWS_AT_ONCE); row < table.rows(); row = next.getAndAdd(ROWS_AT_ONCE)) {
            part.addRows(table, row, Math.min(row + ROWS_AT_ONCE, table.rows()));
        }
        return part;
    }
}
