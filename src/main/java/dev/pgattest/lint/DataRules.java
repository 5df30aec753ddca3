package dev.pgattest.lint;

import java.util.List;

/** Rules about what loses data or breaks programs that still use the old names. */
final class DataRules {

    static final List<LintRule> ALL = List.of();

    private DataRules() {}
}
