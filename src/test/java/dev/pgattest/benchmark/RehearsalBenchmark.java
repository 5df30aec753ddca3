package dev.pgattest.benchmark;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What those who write to the reference system notice while it is deployed from its first state to its gate, and back: its jobs and single-row
 * updates of every table whose indexes change, beside its queries, at a fifth of the declared frequencies, which leaves two cores room for a
 * build.
 */
final class RehearsalBenchmark {

    /** At the default scale of 0.004 the events are two million rows. */
    private static final BigDecimal OF_SCALE = BigDecimal.valueOf(5);

    private static final String RATE_FACTOR = "0.2";

    private RehearsalBenchmark() {}

    static void run(String scale, int rounds) throws IOException {
        String rehearsed =
                new BigDecimal(scale).multiply(OF_SCALE).stripTrailingZeros().toPlainString();
        List<JsonNode> rehearsals = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            rehearsals.add(rehearsal(rehearsed));
        }
        Map<String, Object> facts = new TreeMap<>(Map.of("scale", rehearsed, "rate_factor", RATE_FACTOR));
        for (String change : List.of("apply", "rollback", "plain")) {
            facts.put("longest_wait_ms_" + change, writers(rehearsals, change, "max_ms"));
        }
        double barOfWait = 2000;
        double barOfRatio = 2;
        for (String change : List.of("apply", "rollback")) {
            List<Double> longest = writers(rehearsals, change, "max_ms");
            double worst =
                    longest.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            print(
                    "longest wait of a writer in the worst rehearsal of deploy " + change,
                    List.of(worst),
                    List.of(),
                    barOfWait,
                    facts);
            print(ratio("deploy " + change), p99(rehearsals, change), p99(rehearsals, "quiet"), barOfRatio, facts);
        }
        print(ratio("plain create index"), p99(rehearsals, "plain"), p99(rehearsals, "quiet"), Double.MAX_VALUE, facts);
        double failed = rehearsals.stream()
                .flatMap(each -> each.path("phases").valueStream())
                .filter(phase -> !phase.path("change").asString().equals("plain"))
                .mapToDouble(phase -> phase.at("/writers/failed").doubleValue()
                        + phase.at("/readers/failed").doubleValue())
                .sum();
        new Figure("failed statements in all rehearsals", "statements", List.of(failed), List.of(), 0, facts).print();
    }

    private static String ratio(String during) {
        return "p99 of the reference system's writers during " + during + " / quiet";
    }

    private static void print(
            String name, List<Double> values, List<Double> baselines, double bar, Map<String, Object> facts) {
        new Figure(name, "ms", values, baselines, bar, facts).print();
    }

    private static JsonNode rehearsal(String scale) throws IOException {
        Path out = Files.createTempFile("pgattest-bench", ".json");
        ProgramBenchmark.seconds(
                List.of(
                        "./pgattest",
                        "deploy",
                        "rehearse",
                        "systems/skeldir",
                        "--server",
                        "local",
                        "--scale",
                        scale,
                        "--load",
                        "30s",
                        "--rate-factor",
                        RATE_FACTOR,
                        "--format",
                        "json"),
                ProcessBuilder.Redirect.to(out.toFile()));
        JsonNode rehearsal = JsonMapper.shared().readTree(Files.readString(out));
        Files.delete(out);
        return rehearsal;
    }

    private static List<Double> p99(List<JsonNode> rehearsals, String change) {
        return writers(rehearsals, change, "p99_ms");
    }

    private static List<Double> writers(List<JsonNode> rehearsals, String change, String figure) {
        return rehearsals.stream()
                .flatMap(each -> each.path("phases").valueStream())
                .filter(phase -> phase.path("change").asString().equals(change))
                .map(phase -> phase.path("writers").path(figure).doubleValue())
                .toList();
    }
}
