package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Options in parentheses, {@code (full, analyze off)}: lists of {@code DefElem}. */
final class Options {

    private static final Set<String> OFF = Set.of("false", "off", "0", "no");

    private Options() {}

    /** The option of that name. */
    static Optional<ParseNode> find(List<ParseNode> options, String name) {
        return options.stream()
                .filter(option ->
                        option.text("defname").toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Whether an option is given and not switched off. */
    static boolean isOn(List<ParseNode> options, String name) {
        return find(options, name)
                .map(option -> !OFF.contains(
                        option.child("arg").constant().orElse("true").toLowerCase(Locale.ROOT)))
                .orElse(false);
    }
}
