package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.List;

/**
 * A plan beside a database.
 *
 * @param project name of the project
 * @param subject what was compared with, such as {@code the state proven on PostgreSQL 18.6}
 * @param input everything that was compared
 * @param notes what the comparison could not do, as sentences
 * @param findings what was found, the gravest first
 */
public record DriftReport(
        String project, String subject, DriftInput input, List<String> notes, List<ObjectFinding> findings) {

    public DriftReport {
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }

    /** Number of findings of a severity. */
    public int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
