package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan beside a database.
 *
 * @param project name of the project
 * @param subject what was compared with, such as {@code the state proven on PostgreSQL 18.6}
 * @param input everything that was compared
 * @param notes what the comparison could not do, and what else should be known, as sentences without their full stops
 * @param findings what was found, the gravest first
 */
public record DriftReport(
        String project, String subject, DriftInput input, List<String> notes, List<ObjectFinding> findings) {

    public DriftReport {
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }

    /** The same with one more note. */
    public DriftReport withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new DriftReport(project, subject, input, more, findings);
    }

    /** Number of findings of a severity. */
    public int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
