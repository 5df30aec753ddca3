package dev.pgattest.lint;

import java.util.List;

/** Rules about transactions and what may not happen in one. */
final class TransactionRules {

    static final List<LintRule> ALL = List.of();

    private TransactionRules() {}
}
