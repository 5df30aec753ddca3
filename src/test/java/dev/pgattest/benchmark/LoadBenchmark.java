package dev.pgattest.benchmark;

import dev.pgattest.load.LoadSamples;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.OpenLoop;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.NamedSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One query at one rate through {@code pgbench --rate} and through pgattest, in turn: both count from the scheduled start. */
final class LoadBenchmark {

    private static final int ROWS = 1_000_000;
    private static final int PER_SECOND = 300;
    private static final int SECONDS = 20;
    private static final int WARMUP = 2;
    private static final int CONNECTIONS = 4;

    private LoadBenchmark() {}

    static void run(Connections server, int rounds) throws IOException {
        try (Session session = server.open()) {
            session.execute("create database rated template template0");
        }
        Connections database = server.to("rated");
        try (Session session = database.open()) {
            session.execute("create table items (id int primary key, note text not null)");
            session.execute("insert into items select i, repeat('x', 60) from generate_series(1, " + ROWS + ") as i");
            session.execute("vacuum (analyze) items");
            session.execute("checkpoint");
        }
        List<double[]> ours = new ArrayList<>();
        List<double[]> theirs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            theirs.add(pgbench(database));
            ours.add(pgattest(database));
        }
        Map<String, Object> facts =
                new TreeMap<>(Map.of("per_second", PER_SECOND, "seconds", SECONDS, "connections", CONNECTIONS));
        print("p50 of a lookup at a rate, pgattest / pgbench", ours, theirs, 0, facts);
        print("p99 of a lookup at a rate, pgattest / pgbench", ours, theirs, 1, facts);
        print("executions of a lookup at a rate, pgattest / pgbench", ours, theirs, 2, facts);
    }

    private static void print(
            String name, List<double[]> ours, List<double[]> theirs, int place, Map<String, Object> facts) {
        new Figure(
                        name,
                        place == 2 ? "executions" : "ms",
                        ours.stream().map(each -> each[place]).toList(),
                        theirs.stream().map(each -> each[place]).toList(),
                        Double.MAX_VALUE,
                        facts)
                .print();
    }

    private static double[] pgattest(Connections database) {
        NamedSql sql = (NamedSql) NamedSql.parse("select note from items where id = :id");
        List<CaseStatement> draws = new ArrayList<>();
        for (long i = 0; i < 5_000; i++) {
            String id = String.valueOf(1 + i * 7919 * 131 % ROWS);
            draws.add(new CaseStatement("benchmark", sql, Map.of("id", id), null, Map.of(), false));
        }
        LoadStream stream = new LoadStream("lookup", PER_SECOND, CONNECTIONS, draws, LoadStream.Ending.ROLLBACK);
        OpenLoop.Timing timing = new OpenLoop.Timing(
                Duration.ofSeconds(WARMUP), Duration.ofSeconds(SECONDS), Duration.ofSeconds(1), Duration.ZERO);
        try (OpenLoop loop = OpenLoop.start(database, List.of(stream), timing)) {
            LoadSamples samples = loop.finish();
            var latencies = samples.streams().get(0).latencies();
            return new double[] {latencies.percentile(0.5) / 1e6, latencies.percentile(0.99) / 1e6, latencies.count()};
        }
    }

    /** Its log has one line a transaction: client, number, microseconds from the scheduled start, script, second. */
    private static double[] pgbench(Connections database) throws IOException {
        Path folder = Files.createTempDirectory("pgattest-pgbench");
        Path script = folder.resolve("lookup.sql");
        Files.writeString(script, "\\set id random(1, " + ROWS + ")\nselect note from items where id = :id;\n");
        Psql.to(database)
                .run(
                        "pgbench",
                        List.of(
                                "--no-vacuum",
                                "--protocol=prepared",
                                "--rate=" + PER_SECOND,
                                "--time=" + (WARMUP + SECONDS),
                                "--client=" + CONNECTIONS,
                                "--file=" + script,
                                "--log",
                                "--log-prefix=" + folder.resolve("log")));
        List<long[]> transactions = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("log"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split(" ", -1);
                    transactions.add(new long[] {Long.parseLong(fields[2]), Long.parseLong(fields[4])});
                }
            }
        }
        long first = transactions.stream().mapToLong(each -> each[1]).min().orElseThrow();
        List<Long> micros = new ArrayList<>();
        transactions.stream().filter(each -> each[1] >= first + WARMUP).forEach(each -> micros.add(each[0]));
        micros.sort(null);
        return new double[] {
            micros.get((int) (micros.size() * 0.5)) / 1e3, micros.get((int) (micros.size() * 0.99)) / 1e3, micros.size()
        };
    }
}
