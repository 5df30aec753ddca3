package dev.pgattest.audit;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.List;

/**
 * How well tenants are kept apart.
 *
 * @param server which database
 * @param scope who the tenants and the application are
 * @param tables how many tables hold rows of tenants
 * @param attempts what was tried, in the order of the tables; empty when nothing was
 * @param findings errors first, then by rule and object
 */
public record AuditReport(
        AuditSnapshot.Server server,
        AuditScope scope,
        int tables,
        List<Attempt> attempts,
        List<ObjectFinding> findings) {

    public AuditReport {
        attempts = List.copyOf(attempts);
        findings = List.copyOf(findings);
    }

    /** Judges a database by its catalog and by what was attempted. */
    public static AuditReport of(AuditSnapshot snapshot, List<Attempt> attempts, ChosenSeverities severities) {
        Examination examination = new Examination(snapshot, attempts);
        return new AuditReport(
                snapshot.server(),
                snapshot.scope(),
                examination.tenantTables().size(),
                attempts,
                AuditRules.judge(examination, severities));
    }

    /** How many findings weigh so much. */
    public int count(Severity severity) {
        return (int) findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** How many attempts ended so. */
    public int count(Attempt.Verdict verdict) {
        return (int) attempts.stream()
                .filter(attempt -> attempt.verdict() == verdict)
                .count();
    }
}
