package dev.pgattest.ledger;

import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.ledger.Ledger.CaseRun;
import dev.pgattest.ledger.Ledger.StateLedger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a ledger as the JSON that {@code docs/schema/ledger.schema.json} describes; equal ledgers give equal text. */
public final class LedgerJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private LedgerJson() {}

    /** The ledger as indented JSON with a final newline. */
    public static String text(Ledger ledger) {
        return MAPPER.writeValueAsString(tree(ledger)) + "\n";
    }

    private static ObjectNode tree(Ledger ledger) {
        Evidence.Data data = ledger.data();
        ObjectNode root = MAPPER.createObjectNode()
                .put("pgattest", ledger.pgattest())
                .put("project", ledger.project())
                .put("profile", data.profile())
                .put("scale", data.scale())
                .put("members", data.members())
                .put("seed", data.seed())
                .put("dataset", data.definition());
        ServerFacts server = ledger.server();
        ObjectNode facts =
                root.putObject("server").put("version", server.version()).put("build", server.build());
        ObjectNode settings = facts.putObject("settings");
        server.settings().forEach(settings::put);
        root.put("limit_ms", ledger.limitMs());
        ArrayNode states = root.putArray("states");
        ledger.states().forEach(state -> state(states.addObject(), state));
        return root;
    }

    private static void state(ObjectNode node, StateLedger state) {
        node.put("name", state.name())
                .put("description", state.description())
                .put("schema", state.schema())
                .put("index_bytes", state.bytes());
        ArrayNode cases = node.putArray("cases");
        for (CaseRun run : state.cases()) {
            ObjectNode each = cases.addObject()
                    .put("query", run.query())
                    .put("case", run.caseName())
                    .put("mode", run.mode())
                    .put("priority", run.priority())
                    .put("frequency", run.frequency())
                    .put("buffers", run.buffers());
            numbers(each.putArray("latencies_ms"), run.latencies());
            texts(each.putArray("indexes_read"), run.indexes());
        }
        ArrayNode indexes = node.putArray("indexes");
        state.indexes().forEach(entry -> entry(indexes.addObject(), entry));
    }

    private static void entry(ObjectNode node, IndexEntry entry) {
        IndexFacts facts = entry.facts();
        node.put("name", facts.name().sql())
                .put("table", facts.table().sql())
                .put("definition", facts.definition())
                .put("verdict", entry.verdict().decision().name());
        texts(node.putArray("reasons"), entry.verdict().reasons());
        node.put("size_bytes", facts.sizes().bytes())
                .put("table_bytes", facts.sizes().tableBytes())
                .put("build_ms", rounded(facts.sizes().buildMs()))
                .put("enforces", facts.duties().enforces());
        texts(node.putArray("foreign_keys"), facts.duties().foreignKeys());
        IndexFacts.Substitute redundancy = facts.duties().redundantTo();
        node.put("redundant_to", redundancy == null ? null : redundancy.other()).put("held_by", facts.heldBy());
        ArrayNode effects = node.putArray("effects");
        entry.effects().forEach(effect -> effect(effects.addObject(), effect));
        cost(node.putObject("writes"), entry.cost());
    }

    private static void effect(ObjectNode node, CaseEffect effect) {
        node.put("query", effect.query())
                .put("case", effect.caseName())
                .put("mode", effect.mode())
                .put("outcome", effect.outcome().name())
                .put("buffers_with", effect.buffersWith())
                .put("buffers_without", effect.buffersWithout())
                .put("rows_written", effect.rowsWritten());
        numbers(node.putArray("latencies_with_ms"), effect.with());
        numbers(node.putArray("latencies_without_ms"), effect.without());
        texts(node.putArray("notes"), effect.notes());
    }

    private static void cost(ObjectNode node, WriteCost cost) {
        node.put("measured_in", cost.measuredIn());
        node.set("insert", cost.inserts().map(LedgerJson::difference).orElse(null));
        node.set(
                "update_indexed",
                cost.indexedUpdates().map(LedgerJson::difference).orElse(null));
        node.set("update_other", cost.otherUpdates().map(LedgerJson::difference).orElse(null));
        texts(node.putArray("notes"), cost.notes());
    }

    private static ObjectNode difference(WriteDifference difference) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("column", difference.column().isEmpty() ? null : difference.column())
                .put("rows", difference.rows());
        node.putObject("added_per_10000_rows")
                .put("wal_bytes", difference.walBytes())
                .put("buffers", Math.round(difference.buffersPerRow() * WriteDifference.ROWS))
                .put("hot_updates_lost", difference.hotLost());
        numbers(node.withObject("/added_per_10000_rows").putArray("ms"), difference.addedMs());
        rounds(node.putArray("with"), difference.with());
        rounds(node.putArray("without"), difference.without());
        return node;
    }

    private static void rounds(ArrayNode array, List<WriteFigures> rounds) {
        for (WriteFigures figures : rounds) {
            array.addObject()
                    .put("rows", figures.rows())
                    .put("ms", rounded(figures.ms()))
                    .put("wal_bytes", figures.walBytes())
                    .put("full_page_images", figures.fullPageImages())
                    .put("buffers", figures.buffers())
                    .put("dirtied", figures.dirtied())
                    .put("hot_updates", figures.hotRows());
        }
    }

    private static void numbers(ArrayNode array, Latencies latencies) {
        latencies.ms().forEach(ms -> array.add(rounded(ms)));
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** Milliseconds to the microsecond. */
    private static @Nullable Double rounded(@Nullable Double ms) {
        return ms == null ? null : Math.rint(ms * 1000) / 1000;
    }
}
