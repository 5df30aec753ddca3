package dev.pgattest.lint;

import java.util.List;

/** Rules about row-level security. */
final class RowSecurityRules {

    static final List<LintRule> ALL = List.of();

    private RowSecurityRules() {}
}
