package dev.pgattest.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long building indexes took when the project was proved.
 *
 * @param msPerRow milliseconds for each row of the table, by the index's name without its schema
 */
record MeasuredBuilds(Map<String, Double> msPerRow) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** From the evidence of a project with the most rows; nothing when there is none. */
    static MeasuredBuilds of(Path project) {
        Map<String, Double> builds = new HashMap<>();
        Map<String, Double> rows = new HashMap<>();
        for (Path file : evidence(project)) {
            read(file).ifPresent(evidence -> add(evidence, builds, rows));
        }
        return new MeasuredBuilds(builds);
    }

    /** An estimate is not worth failing for; whoever wants the evidence itself is told. */
    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(JSON.readTree(Files.readString(file)));
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Path> evidence(Path project) {
        Path folder = project.resolve("evidence");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(each -> each.resolve("evidence.json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static void add(JsonNode evidence, Map<String, Double> builds, Map<String, Double> most) {
        for (JsonNode state : evidence.path("states")) {
            Map<String, Double> rows = new HashMap<>();
            state.path("tables")
                    .forEach(table -> rows.put(
                            table.path("name").asString(""), table.path("rows").asDouble(0)));
            for (JsonNode index : state.path("indexes")) {
                double tableRows = rows.getOrDefault(index.path("table").asString(""), 0.0);
                String name = index.path("name").asString("");
                boolean measured = index.path("build_ms").isNumber() && tableRows > most.getOrDefault(name, 0.0);
                if (measured) {
                    most.put(name, tableRows);
                    builds.put(name, index.path("build_ms").asDouble() / tableRows);
                }
            }
        }
    }

    Optional<Double> of(String index) {
        return Optional.ofNullable(msPerRow.get(index));
    }
}
