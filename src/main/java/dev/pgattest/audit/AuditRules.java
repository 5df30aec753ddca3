package dev.pgattest.audit;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class AuditRules {

    private static final List<AuditRule> ALL = Stream.of(
                    ProofRules.ALL,
                    TableRules.ALL,
                    PolicyRules.ALL,
                    RoleRules.ALL,
                    ViewRules.ALL,
                    RoutineRules.ALL,
                    KeyRules.ALL,
                    GrantRules.ALL,
                    NoteRules.ALL)
            .flatMap(Collection::stream)
            .toList();

    private AuditRules() {}

    /** The ids of all rules, in the order of the documentation. */
    public static List<String> ids() {
        return ALL.stream().map(AuditRule::id).toList();
    }

    /** The findings of all rules, errors first, then by rule and object. */
    static List<ObjectFinding> judge(Examination examination, ChosenSeverities severities) {
        return ALL.stream()
                .flatMap(rule -> rule.judge(examination))
                .flatMap(finding -> severities.weighed(finding).stream())
                .distinct()
                .sorted()
                .toList();
    }

    static List<AuditRule> all() {
        return ALL;
    }
}
