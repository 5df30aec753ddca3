package dev.pgattest.lint;

import java.util.List;

/** Rules about locks that are held for long or on many tables. */
final class LockRules {

    static final List<LintRule> ALL = List.of();

    private LockRules() {}
}
