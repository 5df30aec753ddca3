package dev.pgattest.lint;

import java.util.List;

/** Rules about the timeouts that are in force when a statement waits or works. */
final class TimeoutRules {

    static final List<LintRule> ALL = List.of();

    private TimeoutRules() {}
}
