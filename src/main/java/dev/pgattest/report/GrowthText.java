package dev.pgattest.report;

import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the cases grow, for a terminal: a table, then what changes and how far the data may grow. */
final class GrowthText {

    private static final String BLOCKING = "P0";

    private GrowthText() {}

    /** The table, with the queries' names between its rows. */
    static List<String> table(GrowthEvidence growth) {
        GrowthWords words = new GrowthWords(growth);
        TextTable table = new TextTable(
                TextTable.Column.left("  case", 16),
                TextTable.Column.left("plan", 7),
                TextTable.Column.right("buffers", 19),
                TextTable.Column.left("growth", 16),
                TextTable.Column.right("p95 ms", 15),
                TextTable.Column.left("headroom", 16));
        List<CaseGrowth> shown = shown(growth);
        for (CaseGrowth each : shown) {
            boolean alone =
                    shown.stream().filter(other -> isSameCase(other, each)).count() == 1;
            table.add(
                    "    " + each.caseName(),
                    alone ? "any" : each.mode(),
                    words.buffers(each),
                    words.model(each.lastRegime().fit()),
                    words.p95(each),
                    words.headroom(each.headroom()));
        }
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>(List.of(rows.get(0)));
        String query = "";
        for (int i = 1; i < rows.size(); i++) {
            CaseGrowth each = shown.get(i - 1);
            if (!each.query().equals(query)) {
                query = each.query();
                lines.add("  " + each.subject().priority() + " " + query);
            }
            lines.add(rows.get(i));
        }
        return lines;
    }

    /** What the table has no room for: plans that change, and the headroom of queries that block. Cases with one sentence share it. */
    static List<String> sentences(GrowthEvidence growth) {
        GrowthWords words = new GrowthWords(growth);
        Map<Said, List<String>> cases = new LinkedHashMap<>();
        for (CaseGrowth each : shown(growth)) {
            List<String> texts = new ArrayList<>(words.changes(each));
            if (each.subject().priority().equals(BLOCKING)) {
                texts.add(words.sentence(each));
            }
            texts.forEach(
                    text -> cases.computeIfAbsent(new Said(each.query(), each.mode(), text), said -> new ArrayList<>())
                            .add(each.caseName()));
        }
        List<String> sentences = new ArrayList<>();
        cases.forEach((said, names) -> sentences.add(
                said.query() + " " + String.join(", ", names) + " (" + said.mode() + " plan): " + said.text()));
        return sentences;
    }

    /** A sentence about a query in a plan mode. */
    private record Said(String query, String mode, String text) {}

    /** Of plan modes with the same plans and buffers only the one that is slowest at the largest size. */
    static List<CaseGrowth> shown(GrowthEvidence growth) {
        List<CaseGrowth> shown = new ArrayList<>();
        for (CaseGrowth each : growth.cases()) {
            int same = -1;
            for (int i = 0; i < shown.size(); i++) {
                if (isSameCase(shown.get(i), each) && isSameGrowth(shown.get(i), each)) {
                    same = i;
                }
            }
            if (same < 0) {
                shown.add(each);
            } else if (slowest(each) > slowest(shown.get(same))) {
                shown.set(same, each);
            }
        }
        return shown;
    }

    private static double slowest(CaseGrowth each) {
        return each.points().get(each.points().size() - 1).p95Ms();
    }

    private static boolean isSameCase(CaseGrowth one, CaseGrowth other) {
        return one.query().equals(other.query()) && one.caseName().equals(other.caseName());
    }

    private static boolean isSameGrowth(CaseGrowth one, CaseGrowth other) {
        for (int i = 0; i < one.points().size(); i++) {
            GrowthEvidence.Measured left = one.points().get(i);
            GrowthEvidence.Measured right = other.points().get(i);
            if (left.buffers() != right.buffers() || !Objects.equals(left.planShape(), right.planShape())) {
                return false;
            }
        }
        return true;
    }
}
