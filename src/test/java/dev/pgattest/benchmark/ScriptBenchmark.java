package dev.pgattest.benchmark;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.postgres.LoadProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The whole load, with keys, indexes, checks and vacuum, against the script of {@code INSERT ... SELECT} that a person would write into
 * the migrated tables, with vacuum too. The bar of 4 times faster is a ratio of a quarter.
 */
final class ScriptBenchmark {

    private static final Path SCRIPT =
            Path.of("src", "test", "resources", "dev", "pgattest", "benchmark", "by_hand.sql");

    private ScriptBenchmark() {}

    static void run(Connections server, Dataset dataset, int rounds) {
        long events = dataset.table("attribution_events").orElseThrow().rows();
        List<Double> loads = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        List<Double> scripts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            loads.add(load(server, dataset, 2));
            scripts.add(script(server, events));
            alone.add(load(server, dataset, 1));
        }
        Map<String, Object> facts = Map.of("events", events);
        new Figure("whole load / script by hand, 2 connections", "s", loads, scripts, 0.25, facts).print();
        new Figure("whole load / script by hand, 1 connection", "s", alone, scripts, Double.MAX_VALUE, facts).print();
    }

    private static double load(Connections server, Dataset dataset, int connections) {
        Connections database = ReferenceSystem.database(server, "loaded");
        long start = System.nanoTime();
        new DatasetLoad(database::open, connections, LoadProgress.SILENT).run(dataset);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double script(Connections server, long events) {
        Connections database = ReferenceSystem.database(server, "by_hand");
        long start = System.nanoTime();
        Psql.to(database).run(List.of("-v", "events=" + events, "-f", SCRIPT.toString()));
        return (System.nanoTime() - start) / 1e9;
    }
}
