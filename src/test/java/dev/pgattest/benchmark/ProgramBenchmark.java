package dev.pgattest.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program from the outside: its start, the share of a proof that is not the server's, its heap. */
final class ProgramBenchmark {

    private static final String PROJECT = "systems/skeldir";
    private static final int STARTS = 10;
    private static final double HEAP_BAR_MB = 256;

    private ProgramBenchmark() {}

    static void start() throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            seconds.add(seconds(List.of("./pgattest", "--version")));
        }
        new Figure("start: pgattest --version", "s", seconds, List.of(), 0.5, Map.of()).print();
    }

    static void prove(String scale, int rounds) throws IOException {
        Path out = Files.createTempDirectory("pgattest-bench");
        List<Double> whole = new ArrayList<>();
        List<Double> server = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            whole.add(seconds(List.of(
                    "./pgattest", "prove", PROJECT, "--scale", scale, "--server", "local", "--out", out.toString())));
            server.add(serverSeconds(out.resolve("evidence.json")));
        }
        new Figure("prove / its server-side work", "s", whole, server, 1.15, Map.of("scale", scale)).print();
        remove(out);
    }

    static void heap(String scale) throws IOException {
        Path out = Files.createTempDirectory("pgattest-bench");
        Map<String, Object> facts = Map.of("scale", scale);
        List<String> options = List.of("--scale", scale, "--server", "local");
        heap("dataset load", joined(List.of("dataset", "load", PROJECT), options), "256m", HEAP_BAR_MB, facts);
        List<String> prove = List.of("prove", PROJECT, "--out", out.toString());
        heap("prove", joined(prove, options), "256m", HEAP_BAR_MB, facts);
        remove(out);
    }

    private static List<String> joined(List<String> command, List<String> options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(options);
        return all;
    }

    /** Prints the peak of the heap of one command under a limit as {@code -Xmx} takes it. */
    static void heap(String name, List<String> arguments, String limit, double barMegabytes, Map<String, Object> facts)
            throws IOException {
        Path peak = Files.createTempFile("pgattest-bench", ".peak");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms32m",
                "-Xmx" + limit,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapProbe.class.getName(),
                peak.toString()));
        command.addAll(arguments);
        seconds(command);
        double megabytes = Double.parseDouble(Files.readString(peak)) / (1 << 20);
        Files.delete(peak);
        String figure = "peak heap under -Xmx" + limit + ": " + name;
        new Figure(figure, "MB", List.of(megabytes), List.of(), barMegabytes, facts).print();
    }

    private static double serverSeconds(Path evidence) throws IOException {
        double ms = 0;
        for (JsonNode phase : JsonMapper.shared()
                .readTree(Files.readString(evidence))
                .path("phases")
                .values()) {
            ms += phase.path("server_ms").asDouble();
        }
        return ms / 1000;
    }

    /** Wall time of a command; exit codes 1 and 4 are verdicts, not failures. */
    static double seconds(List<String> command) throws IOException {
        return seconds(command, ProcessBuilder.Redirect.DISCARD);
    }

    /** The same with a place for what it prints. */
    static double seconds(List<String> command, ProcessBuilder.Redirect output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output).redirectError(ProcessBuilder.Redirect.INHERIT);
        long start = System.nanoTime();
        try {
            int status = builder.start().waitFor();
            if (status != 0 && status != 1 && status != 4) {
                throw new IllegalStateException("ended with " + status + ": " + command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
