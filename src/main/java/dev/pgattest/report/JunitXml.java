package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import java.util.List;
import java.util.Locale;

/** Evidence as JUnit XML, a suite for each state and one for a comparison: a failed case is a failure, an inconclusive one is an error. */
public final class JunitXml {

    private JunitXml() {}

    /** The document, with a final newline. */
    public static String of(Evidence evidence) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"").append(escaped(evidence.project())).append("\">\n");
        evidence.states().forEach(state -> suite(xml, evidence.project(), state));
        BaselineComparison comparison = evidence.comparison();
        if (comparison != null) {
            baseline(xml, evidence.project(), comparison);
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, String project, StateEvidence state) {
        xml.append("  <testsuite name=\"")
                .append(escaped(state.name()))
                .append("\" tests=\"")
                .append(state.queries().size())
                .append("\" failures=\"")
                .append(count(state, Verdict.FAIL))
                .append("\" errors=\"")
                .append(count(state, Verdict.INCONCLUSIVE))
                .append("\" skipped=\"0\">\n");
        state.queries().forEach(each -> testCase(xml, project, state.name(), each));
        xml.append("  </testsuite>\n");
    }

    private static void testCase(StringBuilder xml, String project, String state, CaseEvidence each) {
        xml.append("    <testcase classname=\"")
                .append(escaped(project + "." + state + "." + each.query()))
                .append("\" name=\"")
                .append(escaped(each.caseName()))
                .append("\" time=\"")
                .append(String.format(
                        Locale.ROOT, "%.6f", each.slowest().latency().p95Ms() / 1000))
                .append('"');
        if (each.verdict() == Verdict.PASS) {
            xml.append("/>\n");
            return;
        }
        String element = each.verdict() == Verdict.FAIL ? "failure" : "error";
        String reasons = String.join("\n", each.reasons());
        xml.append(">\n      <")
                .append(element)
                .append(" type=\"")
                .append(each.verdict())
                .append("\" message=\"")
                .append(escaped(
                        each.reasons().isEmpty()
                                ? each.verdict().name()
                                : each.reasons().get(0)))
                .append("\">")
                .append(escaped(reasons))
                .append("</")
                .append(element)
                .append(">\n    </testcase>\n");
    }

    /** A suite for what changed against the baseline; without a change it has the one test that nothing did. */
    private static void baseline(StringBuilder xml, String project, BaselineComparison comparison) {
        List<Change> changes = comparison.changes();
        boolean accepted = comparison.updated();
        long failures = accepted
                ? 0
                : changes.stream().filter(change -> change.outcome().fails()).count();
        xml.append("  <testsuite name=\"baseline\" tests=\"")
                .append(Math.max(1, changes.size()))
                .append("\" failures=\"")
                .append(failures)
                .append("\" errors=\"0\" skipped=\"0\">\n");
        if (changes.isEmpty()) {
            xml.append("    <testcase classname=\"")
                    .append(escaped(project + ".baseline"))
                    .append("\" name=\"nothing changed\" time=\"0\"/>\n");
        }
        for (Change change : changes) {
            xml.append("    <testcase classname=\"")
                    .append(escaped(project + ".baseline." + change.state() + "." + change.query()))
                    .append("\" name=\"")
                    .append(escaped((change.caseName() + " " + change.mode() + " "
                                    + change.outcome().word())
                            .strip()))
                    .append("\" time=\"0\"");
            if (change.outcome().fails() && !accepted) {
                String text = ComparisonText.sentence(change);
                xml.append(">\n      <failure type=\"")
                        .append(change.outcome().word())
                        .append("\" message=\"")
                        .append(escaped(text))
                        .append("\">")
                        .append(escaped(text))
                        .append("</failure>\n    </testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        xml.append("  </testsuite>\n");
    }

    private static long count(StateEvidence state, Verdict verdict) {
        return state.queries().stream()
                .filter(each -> each.verdict() == verdict)
                .count();
    }

    /** Text for XML 1.0; characters that it cannot hold become the replacement character. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append('\t');
                default -> out.appendCodePoint(legal(point) ? point : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean legal(int point) {
        return point >= 0x20 && point != 0xFFFE && point != 0xFFFF && !(point >= 0xD800 && point <= 0xDFFF);
    }
}
