package dev.pgattest.report;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.RedFlagEvidence;
import dev.pgattest.evidence.StateEvidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Warnings of a state, and rules that did not apply, for a terminal: a rule has one line for a query, with the cases that it holds for;
 * a reason not to apply has one line with the queries. Errors are reasons of a verdict and are not repeated here.
 */
final class RedFlagLines {

    private final Map<List<String>, Group> warnings = new LinkedHashMap<>();
    private final Map<List<String>, Group> notApplicable = new LinkedHashMap<>();

    private RedFlagLines() {}

    /** What was seen at one or several places. */
    private static final class Group {
        private final String id;
        private final String query;
        private final Set<String> messages = new LinkedHashSet<>();
        private final Set<String> cases = new LinkedHashSet<>();
        private final Set<String> queries = new LinkedHashSet<>();

        Group(String id, String query) {
            this.id = id;
            this.query = query;
        }

        void add(CaseEvidence each, String message) {
            messages.add(message);
            cases.add(each.caseName());
            queries.add(each.query());
        }

        String first() {
            return messages.iterator().next();
        }
    }

    /** The lines, warnings first, each in the order of the queries. */
    static List<String> of(StateEvidence state) {
        RedFlagLines lines = new RedFlagLines();
        for (CaseEvidence each : state.queries()) {
            for (ModeEvidence mode : each.modes()) {
                mode.redFlags().forEach(flag -> lines.add(each, flag));
            }
        }
        List<String> texts = new ArrayList<>();
        lines.warnings.values().forEach(group -> texts.add(warning(group)));
        lines.notApplicable.values().forEach(group -> texts.add(notApplicable(group)));
        return texts;
    }

    private void add(CaseEvidence each, RedFlagEvidence flag) {
        if (flag.severity().equals("warning")) {
            warnings.computeIfAbsent(List.of(flag.id(), each.query()), other -> new Group(flag.id(), each.query()))
                    .add(each, flag.message());
        } else if (flag.severity().equals("not-applicable")) {
            String kind = flag.message().replaceAll("[0-9][0-9.,]*", "0");
            notApplicable
                    .computeIfAbsent(List.of(flag.id(), kind), other -> new Group(flag.id(), each.query()))
                    .add(each, flag.message());
        }
    }

    private static String warning(Group group) {
        int others = group.messages.size() - 1;
        String more = others == 0 ? "" : " (first of " + (others + 1) + ", all in query-plans.md)";
        return "warning[" + group.id + "] " + group.query + " " + joined(group.cases) + ": " + group.first() + more;
    }

    private static String notApplicable(Group group) {
        return "not applicable[" + group.id + "] " + joined(group.queries) + ": "
                + group.first().replaceFirst("^not applicable ", "");
    }

    private static String joined(Collection<String> names) {
        return String.join(", ", names);
    }
}
