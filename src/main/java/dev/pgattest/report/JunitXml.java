package dev.pgattest.report;

import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Evidence as JUnit XML, a suite for each state, for each run under load and for a comparison: a failed case is a failure, an inconclusive one is an error. */
public final class JunitXml {

    private JunitXml() {}

    /** The document, with a final newline. */
    public static String of(Evidence evidence) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"").append(escaped(evidence.project())).append("\">\n");
        evidence.states().forEach(state -> suite(xml, evidence.project(), state));
        LoadEvidence load = evidence.load();
        if (load != null) {
            load.runs().forEach(run -> load(xml, evidence.project(), run));
        }
        BaselineComparison comparison = evidence.comparison();
        if (comparison != null) {
            baseline(xml, evidence.project(), comparison);
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, String project, StateEvidence state) {
        begin(
                xml,
                state.name(),
                state.queries().stream().map(CaseEvidence::verdict).toList());
        state.queries()
                .forEach(each -> testCase(
                        xml,
                        new Test(
                                project + "." + state.name() + "." + each.query(),
                                each.caseName(),
                                each.slowest().latency().p95Ms(),
                                each.verdict(),
                                each.reasons())));
        xml.append("  </testsuite>\n");
    }

    /** The queries that have an objective. */
    private static void load(StringBuilder xml, String project, LoadEvidence.Run run) {
        List<Test> tests = new ArrayList<>();
        String name = run.state() + " under load, rate factor " + Numbers.share(run.factor());
        for (QueryLoad each : run.queries()) {
            Verdict verdict = each.verdict();
            if (verdict != null) {
                Double p95 = each.latency().p95().ms();
                tests.add(new Test(
                        project + "." + run.state() + ".load",
                        each.query(),
                        p95 == null ? 0 : p95,
                        verdict,
                        each.reasons()));
            }
        }
        begin(xml, name, tests.stream().map(Test::verdict).toList());
        tests.forEach(test -> testCase(xml, test));
        xml.append("  </testsuite>\n");
    }

    private static void begin(StringBuilder xml, String name, List<Verdict> verdicts) {
        xml.append("  <testsuite name=\"")
                .append(escaped(name))
                .append("\" tests=\"")
                .append(verdicts.size())
                .append("\" failures=\"")
                .append(Collections.frequency(verdicts, Verdict.FAIL))
                .append("\" errors=\"")
                .append(Collections.frequency(verdicts, Verdict.INCONCLUSIVE))
                .append("\" skipped=\"0\">\n");
    }

    private record Test(String className, String name, double ms, Verdict verdict, List<String> reasons) {}

    private static void testCase(StringBuilder xml, Test each) {
        xml.append("    <testcase classname=\"")
                .append(escaped(each.className()))
                .append("\" name=\"")
                .append(escaped(each.name()))
                .append("\" time=\"")
                .append(String.format(Locale.ROOT, "%.6f", each.ms() / 1000))
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
