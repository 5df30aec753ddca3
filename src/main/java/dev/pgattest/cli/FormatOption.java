package dev.pgattest.cli;

import picocli.CommandLine.Option;

/** What a command writes to standard output: text for people or JSON for programs. */
final class FormatOption {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.text;

    /** Whether programs read it. */
    boolean isJson() {
        return format == OutputFormat.json;
    }
}
