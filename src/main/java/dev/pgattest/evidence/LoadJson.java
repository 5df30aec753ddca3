package dev.pgattest.evidence;

import dev.pgattest.evidence.LoadEvidence.Bounded;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.LoadEvidence.Times;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what was measured under load. */
final class LoadJson {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private LoadJson() {}

    static ObjectNode node(LoadEvidence load) {
        ObjectNode node = MAPPER.createObjectNode();
        LoadEvidence.Settings settings = load.settings();
        node.putObject("settings")
                .put("seconds", settings.seconds())
                .put("warmup_seconds", settings.warmupSeconds())
                .put("rounds", settings.rounds())
                .put("resamples", settings.resamples())
                .put("seed", settings.seed())
                .put("confidence", settings.confidence())
                .put("most_behind", settings.mostBehind())
                .put("most_lag_ms", settings.mostLagMs());
        ArrayNode notes = node.putArray("notes");
        load.notes().forEach(notes::add);
        ArrayNode runs = node.putArray("runs");
        load.runs().forEach(run -> runs.add(run(run)));
        return node;
    }

    private static ObjectNode run(Run run) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("state", run.state()).put("factor", run.factor());
        node.put("verdict", run.verdict().name());
        ArrayNode reasons = node.putArray("reasons");
        run.reasons().forEach(reasons::add);
        node.put("kept_up", run.rates().keptUp());
        node.put("connections", run.rates().connections());
        node.put("offered_per_second", rounded(run.rates().offeredPerSecond()));
        node.put("achieved_per_second", rounded(run.rates().achievedPerSecond()));
        node.set("lag_ms", times(run.rates().lag()));
        ArrayNode offered = node.putArray("offered");
        run.rates().offered().forEach(offered::add);
        ArrayNode achieved = node.putArray("achieved");
        run.rates().achieved().forEach(achieved::add);
        ArrayNode queries = node.putArray("queries");
        run.queries().forEach(query -> queries.add(query(query)));
        return node;
    }

    private static ObjectNode query(QueryLoad query) {
        LoadEvidence.Subject subject = query.subject();
        ObjectNode node = MAPPER.createObjectNode()
                .put("query", query.query())
                .put("priority", subject.priority())
                .put("writes", subject.writes())
                .put("slo", subject.slo())
                .put("slo_ms", subject.sloMs())
                .put("declared_per_second", rounded(subject.declaredPerSecond()))
                .put("offered_per_second", rounded(subject.offeredPerSecond()))
                .put("connections", subject.connections())
                .put("samples", query.latency().samples());
        add(node, "p50", query.latency().p50());
        add(node, "p95", query.latency().p95());
        add(node, "p99", query.latency().p99());
        node.put("max_ms", query.latency().max());
        node.set("wait_ms", times(query.waits()));
        node.set("execution_ms", times(query.executions()));
        ObjectNode errors = node.putObject("errors");
        query.errors().forEach(errors::put);
        node.put("unfinished", query.unfinished());
        node.put("verdict", query.verdict() == null ? null : query.verdict().name());
        ArrayNode reasons = node.putArray("reasons");
        query.reasons().forEach(reasons::add);
        return node;
    }

    private static void add(ObjectNode node, String name, Bounded bounded) {
        node.put(name + "_ms", bounded.ms());
        node.put(name + "_low_ms", bounded.low());
        node.put(name + "_high_ms", bounded.high());
    }

    private static ObjectNode times(Times times) {
        return MAPPER.createObjectNode()
                .put("p50", times.p50())
                .put("p95", times.p95())
                .put("p99", times.p99())
                .put("max", times.max());
    }

    /** A rate to a millionth. */
    private static double rounded(double perSecond) {
        return Math.rint(perSecond * 1e6) / 1e6;
    }
}
