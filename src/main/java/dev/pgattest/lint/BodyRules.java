package dev.pgattest.lint;

import java.util.List;

/** Rules about what stands in the bodies of blocks, functions and procedures. */
final class BodyRules {

    static final List<LintRule> ALL = List.of();

    private BodyRules() {}
}
