package dev.pgattest.lint;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules, in the order of the documentation. */
public final class LintRules {

    /** The id of the rule about bytes that are no UTF-8, which stand in a file's text as U+FFFD. */
    public static final String INVALID_UTF8 = FileRules.INVALID_UTF8.id();

    private static final List<LintRule> ALL = Stream.of(
                    IndexBuildRules.ALL,
                    ConcurrentIndexRules.ALL,
                    IndexDesignRules.ALL,
                    IndexSetRules.ALL,
                    TimeoutRules.ALL,
                    ConstraintRules.ALL,
                    NotNullRules.ALL,
                    IndexedConstraintRules.ALL,
                    ForeignKeyIndexRules.ALL,
                    RewriteRules.ALL,
                    TypeChangeRules.ALL,
                    StorageRules.ALL,
                    PartitionRules.ALL,
                    LockRules.ALL,
                    MergeRules.ALL,
                    TriggerRules.ALL,
                    DomainRules.ALL,
                    DataRules.ALL,
                    RenameRules.ALL,
                    CompatibilityRules.ALL,
                    TransactionRules.ALL,
                    TypeRules.ALL,
                    KeyRules.ALL,
                    RepeatRules.ALL,
                    NameRules.ALL,
                    RowSecurityRules.ALL,
                    PolicyRules.ALL,
                    BodyRules.ALL,
                    VersionRules.ALL,
                    ScriptRules.ALL,
                    FileRules.ALL)
            .flatMap(Collection::stream)
            .toList();

    private LintRules() {}

    /** The ids of all rules, in the order of the documentation. */
    public static List<String> ids() {
        return ALL.stream().map(LintRule::id).toList();
    }

    static List<LintRule> all() {
        return ALL;
    }

    static Optional<LintRule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
