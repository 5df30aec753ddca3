package dev.pgattest.lint;

import java.util.List;

/** Rules about types, keys and names. */
final class TypeRules {

    static final List<LintRule> ALL = List.of();

    private TypeRules() {}
}
