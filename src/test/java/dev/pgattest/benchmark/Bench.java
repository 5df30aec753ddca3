package dev.pgattest.benchmark;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures and prints figures: the first argument is the scale, the second the rounds, the others name what to measure (all of it). */
final class Bench {

    private static final List<String> ALL = List.of(
            "start", "generate", "copy", "script", "prove", "heap", "lint", "health", "writers", "rehearsal", "load");
    private static final Set<String> AGAINST_SERVER =
            Set.of("copy", "script", "health", "writers", "rehearsal", "load");
    private static final Map<String, String> SETTINGS = Map.of("shared_buffers", "1GB");

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        String scale = arguments[0];
        int rounds = Integer.parseInt(arguments[1]);
        List<String> wanted = arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : ALL;
        if (!ALL.containsAll(wanted)) {
            throw new IllegalArgumentException("measure some of " + ALL + ", not " + wanted);
        }
        Dataset dataset = ReferenceSystem.dataset(scale);
        if (wanted.contains("start")) {
            ProgramBenchmark.start();
        }
        if (wanted.contains("generate")) {
            GeneratorBenchmark.run(dataset, rounds);
        }
        if (wanted.stream().anyMatch(AGAINST_SERVER::contains)) {
            againstServer(wanted, dataset, scale, rounds);
        }
        if (wanted.contains("prove")) {
            ProgramBenchmark.prove(scale, Math.min(rounds, 3));
        }
        if (wanted.contains("rehearsal")) {
            RehearsalBenchmark.run(scale, rounds);
        }
        if (wanted.contains("lint")) {
            LintBenchmark.run(rounds);
        }
        if (wanted.contains("heap")) {
            ProgramBenchmark.heap(scale);
        }
    }

    @SuppressWarnings("SystemOut") // the messages of a program
    private static void againstServer(List<String> wanted, Dataset dataset, String scale, int rounds)
            throws IOException {
        if (!Psql.isInstalled()) {
            System.err.println("psql is not on the path: the figures of " + AGAINST_SERVER + " are left out");
            return;
        }
        ClusterRequest request = ClusterRequest.of(OwnServer.LOCAL, "bench").withSettings(SETTINGS);
        try (Cluster cluster = Cluster.start(request)) {
            Connections server = cluster.connections();
            if (wanted.contains("copy")) {
                CopyBenchmark.run(server, dataset, rounds);
            }
            if (wanted.contains("script")) {
                ScriptBenchmark.run(server, dataset, Math.min(rounds, 3));
            }
            if (wanted.contains("health")) {
                HealthBenchmark.run(server, rounds);
            }
            if (wanted.contains("load")) {
                LoadBenchmark.run(server, rounds);
            }
            if (wanted.contains("writers")) {
                WritersBenchmark.run(server, scale, rounds);
            }
        }
    }
}
