package dev.pgattest.lint;

import java.util.List;

/** Rules about adding and validating constraints on tables that are in use. */
final class ConstraintRules {

    static final List<LintRule> ALL = List.of();

    private ConstraintRules() {}
}
