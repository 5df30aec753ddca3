package dev.pgattest.health;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.List;

/**
 * How a database is doing.
 *
 * @param server which one
 * @param summary its figures
 * @param findings errors first, then by rule and object
 * @param metrics figures for monitoring, by name
 */
public record HealthReport(
        ServerFacts server, HealthSummary summary, List<ObjectFinding> findings, List<Metric> metrics) {

    public HealthReport {
        findings = List.copyOf(findings);
        metrics = List.copyOf(metrics);
    }

    /** Judges what a database said. */
    public static HealthReport of(HealthSnapshot snapshot, HealthRules.Settings settings) {
        List<ObjectFinding> findings = HealthRules.judge(snapshot, settings);
        return new HealthReport(
                snapshot.server(), HealthSummary.of(snapshot), findings, HealthMetrics.of(snapshot, findings));
    }

    /** How many findings have this severity. */
    public int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
