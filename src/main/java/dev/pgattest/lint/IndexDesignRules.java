package dev.pgattest.lint;

import java.util.List;

/** Rules about the definition of indexes: what cannot work, what repeats another, what helps nobody. */
final class IndexDesignRules {

    static final List<LintRule> ALL = List.of();

    private IndexDesignRules() {}
}
