package dev.pgattest.playbook;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text that stands in Markdown for itself, whatever is in it. */
final class MarkdownText {

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private MarkdownText() {}

    /** As code within a line or a cell of a table. */
    static String code(String text) {
        String line = cell(text);
        String fence = "`".repeat(longest(line) + 1);
        String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + space + line + space + fence;
    }

    /** As a cell of a table. */
    static String cell(String text) {
        return text.replaceAll("\\R", " ").replace("|", "\\|");
    }

    /** As a block of code. */
    static String block(String language, String text) {
        String fence = "`".repeat(Math.max(3, longest(text) + 1));
        return fence + language + "\n" + text.stripTrailing() + "\n" + fence;
    }

    /** A row of a table. */
    static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static int longest(String text) {
        return BACKTICKS
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
