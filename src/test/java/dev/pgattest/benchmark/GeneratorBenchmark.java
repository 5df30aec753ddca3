package dev.pgattest.benchmark;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.dataset.TupleBuffer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generating rows on one thread, for nobody: processor time, which other processes disturb least. */
final class GeneratorBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROWS_AT_ONCE = 256;
    private static final long MOST_ROWS = 1_000_000;

    private GeneratorBenchmark() {}

    static void run(Dataset dataset, int rounds) {
        for (String name : List.of("attribution_events", "attribution_allocations")) {
            TableData table = dataset.table(name).orElseThrow();
            TupleBuffer buffer = new TupleBuffer(1 << 17);
            List<Double> nanos = new ArrayList<>();
            for (int round = -2; round < rounds; round++) {
                double each = nanosPerRow(table, buffer);
                if (round >= 0) {
                    nanos.add(each);
                }
            }
            new Figure(
                            "generate " + name + ", 1 thread",
                            "ns of processor time a row",
                            nanos,
                            List.of(),
                            Double.MAX_VALUE,
                            Map.of())
                    .print();
        }
    }

    private static double nanosPerRow(TableData table, TupleBuffer buffer) {
        long rows = Math.min(MOST_ROWS, table.rows());
        long start = THREADS.getCurrentThreadCpuTime();
        for (long row = 0; row < rows; row += ROWS_AT_ONCE) {
            buffer.clear();
            table.writeTuples(row, Math.min(row + ROWS_AT_ONCE, rows), buffer);
        }
        return (double) (THREADS.getCurrentThreadCpuTime() - start) / rows;
    }
}
