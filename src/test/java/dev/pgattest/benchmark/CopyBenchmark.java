package dev.pgattest.benchmark;

import dev.pgattest.dataset.BinaryCopy;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.dataset.TupleBuffer;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LoadProgress;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.TableCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Generating and copying rows, against copying the same rows from files written beforehand. All ways fill the same tables, without keys,
 * indexes and checks, each in a transaction that empties the table first; with several connections all take the largest waiting table.
 */
final class CopyBenchmark {

    private static final int ROWS_AT_ONCE = 256;

    private final Connections database;
    private final List<TableData> tables;
    private final Path files;

    private CopyBenchmark(Connections database, Dataset dataset, Path files) {
        this.database = database;
        this.files = files;
        this.tables = dataset.tables().stream()
                .sorted(Comparator.comparingLong(TableData::rows).reversed())
                .toList();
    }

    static void run(Connections server, Dataset dataset, int rounds) throws IOException {
        Connections database = ReferenceSystem.database(server, "bare");
        Path files = Files.createTempDirectory("pgattest-bench");
        // The server runs as another user when this program runs as root.
        files.toFile().setExecutable(true, false);
        files.toFile().setReadable(true, false);
        CopyBenchmark benchmark = new CopyBenchmark(database, dataset, files);
        try {
            benchmark.prepare();
            benchmark.measure(1, rounds);
            benchmark.measure(2, rounds);
        } finally {
            for (TableData table : benchmark.tables) {
                Files.deleteIfExists(benchmark.file(table));
            }
            Files.delete(files);
        }
    }

    private void prepare() throws IOException {
        try (Session session = database.open()) {
            session.execute("create schema bare");
            for (TableData table : tables) {
                session.execute("create table bare." + table.name() + " (like public." + table.name() + ")");
            }
            session.execute("alter database bare set search_path = bare");
        }
        for (TableData table : tables) {
            write(table);
        }
    }

    private void write(TableData table) throws IOException {
        TupleBuffer buffer = new TupleBuffer(1 << 17);
        try (OutputStream out = Files.newOutputStream(file(table))) {
            out.write(BinaryCopy.header());
            for (long row = 0; row < table.rows(); row += ROWS_AT_ONCE) {
                table.writeTuples(row, Math.min(row + ROWS_AT_ONCE, table.rows()), buffer);
                out.write(buffer.array(), 0, buffer.length());
                buffer.clear();
            }
            out.write(BinaryCopy.trailer());
        }
        file(table).toFile().setReadable(true, false);
    }

    private void measure(int connections, int rounds) throws IOException {
        List<Consumer<TableData>> ways = List.of(this::generate, this::copyByPsql, this::copyOnServer);
        List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < ways.size(); i++) {
                // Every other round in the opposite order, so that none is always the first.
                int way = round % 2 == 0 ? i : ways.size() - 1 - i;
                double elapsed = seconds(ways.get(way), connections);
                if (round >= 0) {
                    seconds.get(way).add(elapsed);
                }
            }
        }
        Map<String, Object> facts = facts();
        String suffix = connections == 1 ? ", 1 connection" : ", " + connections + " connections";
        new Figure("generate and copy / psql \\copy" + suffix, "s", seconds.get(0), seconds.get(1), 1.05, facts)
                .print();
        new Figure(
                        "generate and copy / COPY on the server" + suffix,
                        "s",
                        seconds.get(0),
                        seconds.get(2),
                        Double.MAX_VALUE,
                        facts)
                .print();
    }

    private Map<String, Object> facts() throws IOException {
        long bytes = 0;
        for (TableData table : tables) {
            bytes += Files.size(file(table));
        }
        return Map.of("rows", tables.stream().mapToLong(TableData::rows).sum(), "bytes", bytes);
    }

    private double seconds(Consumer<TableData> way, int connections) {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        try {
            List<Future<?>> work = new ArrayList<>();
            tables.forEach(table -> work.add(threads.submit(() -> way.accept(table))));
            for (Future<?> each : work) {
                each.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("a copy failed", e);
        } finally {
            threads.shutdownNow();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void generate(TableData table) {
        try (Session session = database.open()) {
            new TableCopy(session, LoadProgress.SILENT).fill(table);
        }
    }

    private void copyByPsql(TableData table) {
        copy(table, "\\copy ");
    }

    private void copyOnServer(TableData table) {
        copy(table, "copy ");
    }

    private void copy(TableData table, String command) {
        String copy = command + table.name() + " (" + columns(table) + ") from '" + file(table)
                + "' with (format binary, freeze)";
        Psql.to(database).run(List.of("-c", "begin", "-c", "truncate " + table.name(), "-c", copy, "-c", "commit"));
    }

    private static String columns(TableData table) {
        return String.join(
                ", ", table.columns().stream().map(TableData.Column::name).toList());
    }

    private Path file(TableData table) {
        return files.resolve(table.name() + ".bin");
    }
}
