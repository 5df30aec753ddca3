package dev.pgattest.report;

import dev.pgattest.load.DeploymentRehearsal;
import dev.pgattest.load.DeploymentRehearsal.Bar;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import dev.pgattest.load.LatencyRounds;
import dev.pgattest.load.StreamSamples;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a rehearsed deployment cost those who write, by {@code docs/schema/rehearsal.schema.json}. */
public final class RehearsalJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RehearsalJson() {}

    /**
     * One JSON object.
     *
     * @param version of pgattest
     */
    public static String of(DeploymentRehearsal rehearsal, Bar bar, String version) {
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", version);
        root.put("project", rehearsal.project());
        root.put("from", rehearsal.from());
        root.put("to", rehearsal.to());
        root.put("longest_wait_limit_ms", bar.longestWait().toMillis());
        root.put("p99_ratio_limit", bar.p99Ratio());
        root.put("verdict", rehearsal.verdict(bar).name());
        ArrayNode reasons = root.putArray("reasons");
        rehearsal.reasons(bar).forEach(reasons::add);
        ArrayNode doubts = root.putArray("doubts");
        rehearsal.doubts().forEach(doubts::add);
        ArrayNode phases = root.putArray("phases");
        for (Phase phase : rehearsal.phases()) {
            ObjectNode node = phases.addObject();
            node.put("change", phase.change().word());
            node.put("seconds", phase.samples().seconds());
            node.put("offered", phase.samples().offeredCount());
            node.put("achieved", phase.samples().achievedCount());
            node.put(
                    "lag_p99_ms", LoadNumbers.milliseconds(phase.samples().lag().p99()));
            node.set("writers", numbers(phase.writing()));
            node.set("readers", numbers(phase.reading()));
            node.put("p99_ratio", rehearsal.p99Ratio(phase.change()).orElse(null));
            ObjectNode failures = node.putObject("failures");
            phase.failures().forEach(failures::put);
            ArrayNode queries = node.putArray("queries");
            for (StreamSamples stream : phase.samples().streams()) {
                queries.add(numbers(stream.latencies())
                        .put("name", stream.name())
                        .put("writes", phase.writers().contains(stream.name())));
            }
        }
        ArrayNode notes = root.putArray("notes");
        rehearsal.notes().forEach(notes::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode numbers(LatencyRounds latencies) {
        return JSON.createObjectNode()
                .put("executions", latencies.count())
                .put("failed", latencies.failed())
                .put("p50_ms", LoadNumbers.milliseconds(latencies.percentile(0.5)))
                .put("p95_ms", LoadNumbers.milliseconds(latencies.percentile(0.95)))
                .put("p99_ms", LoadNumbers.milliseconds(latencies.percentile(0.99)))
                .put("max_ms", LoadNumbers.milliseconds(latencies.longest()));
    }
}
