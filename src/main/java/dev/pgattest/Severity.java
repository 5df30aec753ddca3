package dev.pgattest;

import java.util.Locale;

/** How much a finding or a red flag weighs, the heaviest first. */
public enum Severity {
    /** Fails the gate. */
    ERROR,
    /** Is shown and fails nothing. */
    WARNING,
    /** A matter of style. */
    INFO;

    /** As in project files and messages: {@code error}, {@code warning}, {@code info}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
