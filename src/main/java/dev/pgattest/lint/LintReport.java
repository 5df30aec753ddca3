package dev.pgattest.lint;

import dev.pgattest.Severity;
import java.util.List;

/**
 * What a run of the linter found.
 *
 * @param pgVersion major version that the rules assumed
 * @param files how many files were checked
 * @param statements how many statements they hold, those in bodies included
 * @param findings sorted by file and place
 */
public record LintReport(int pgVersion, int files, int statements, List<Finding> findings) {

    public LintReport {
        findings = findings.stream().sorted().toList();
    }

    /** How many findings have this severity. */
    public int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** The same with fewer findings. */
    public LintReport with(List<Finding> fewer) {
        return new LintReport(pgVersion, files, statements, fewer);
    }

    /** Both together. */
    public LintReport and(LintReport other) {
        List<Finding> all = new java.util.ArrayList<>(findings);
        all.addAll(other.findings);
        return new LintReport(pgVersion, files + other.files, statements + other.statements, all);
    }
}
