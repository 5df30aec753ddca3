package dev.pgattest.verdict;

import java.util.Locale;

/** How much a finding weighs. */
public enum Severity {
    /** Fails the gate of a query that blocks. */
    ERROR,
    /** Is shown and fails nothing. */
    WARNING;

    /** As in project files and messages: {@code error}, {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
