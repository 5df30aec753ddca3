package dev.pgattest.cli;

import picocli.CommandLine.Command;

/** {@code pgattest query}: the commands about a project's queries. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Brings new queries into a project.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  pgattest query add shop Q2_open_orders --priority P0 --owner \"shop team\"",
        subcommands = QueryAddCommand.class)
final class QueryCommand {

    private QueryCommand() {}
}
