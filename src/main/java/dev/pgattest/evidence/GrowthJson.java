package dev.pgattest.evidence;

import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import dev.pgattest.evidence.GrowthEvidence.Regime;
import dev.pgattest.growth.Curve;
import dev.pgattest.growth.Headroom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The part {@code growth} of the evidence's JSON. */
final class GrowthJson {

    private GrowthJson() {}

    static ObjectNode node(GrowthEvidence growth) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("state", growth.state());
        ArrayNode sizes = node.putArray("sizes");
        for (GrowthEvidence.Size size : growth.sizes()) {
            sizes.addObject()
                    .put("factor", size.factor())
                    .put("scale", size.scale())
                    .put("rows", size.rows());
        }
        ArrayNode cases = node.putArray("cases");
        growth.cases().forEach(each -> cases.add(caseNode(each)));
        return node;
    }

    private static ObjectNode caseNode(CaseGrowth growth) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("query", growth.query())
                .put("case", growth.caseName())
                .put("priority", growth.subject().priority())
                .put("mode", growth.mode())
                .put("slo", growth.subject().slo());
        ArrayNode points = node.putArray("points");
        for (GrowthEvidence.Measured point : growth.points()) {
            points.addObject()
                    .put("factor", point.factor())
                    .put("buffers", point.buffers())
                    .put("objective_ms", EvidenceJson.rounded(point.objectiveMs()))
                    .put("p95_ms", EvidenceJson.rounded(point.p95Ms()))
                    .put("samples", point.samples())
                    .put("plan_shape", point.planShape());
        }
        ArrayNode changes = node.putArray("plan_changes");
        for (GrowthEvidence.PlanChange change : growth.changes()) {
            ArrayNode differences = changes.addObject()
                    .put("before", change.before())
                    .put("at", change.at())
                    .putArray("differences");
            change.differences().forEach(differences::add);
        }
        ArrayNode regimes = node.putArray("regimes");
        growth.regimes().forEach(regime -> regimes.add(regime(regime)));
        node.set("headroom", headroom(growth.headroom()));
        return node;
    }

    private static ObjectNode regime(Regime regime) {
        Curve curve = regime.fit().curve();
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", regime.from())
                .put("to", regime.to())
                .put("sizes", regime.fit().points())
                .put("model", regime.fit().model().word())
                .put("constant", curve == null ? null : rounded(curve.constant()))
                .put("coefficient", curve == null ? null : rounded(curve.coefficient()))
                .put("exponent", curve == null ? null : rounded(curve.exponent()))
                .put("deviation", rounded(regime.fit().deviation()));
    }

    private static ObjectNode headroom(Headroom headroom) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", headroom.kind().word())
                .put("breaks_at", rounded(headroom.breaksAt()))
                .put("earliest", rounded(headroom.earliest()))
                .put("latest", rounded(headroom.latest()))
                .put("limit", headroom.limit())
                .put("spread", rounded(headroom.spread()))
                .put("reason", headroom.reason());
    }

    /** To four decimals: finer is nothing that was measured. */
    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Math.rint(value * 10_000) / 10_000;
    }
}
