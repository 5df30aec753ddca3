package dev.pgattest.lint;

import java.util.List;

/** Rules about changes that write a table anew or read all of it. */
final class RewriteRules {

    static final List<LintRule> ALL = List.of();

    private RewriteRules() {}
}
