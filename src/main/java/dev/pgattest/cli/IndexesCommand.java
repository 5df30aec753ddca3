package dev.pgattest.cli;

import picocli.CommandLine.Command;

/** {@code pgattest indexes}: the commands about a project's indexes. */
@Command(
        name = "indexes",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Justifies the indexes of a project.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  pgattest indexes ledger systems/skeldir --scale 0.001",
        subcommands = IndexesLedgerCommand.class)
final class IndexesCommand {

    private IndexesCommand() {}
}
