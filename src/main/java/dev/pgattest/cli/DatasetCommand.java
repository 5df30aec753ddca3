package dev.pgattest.cli;

import picocli.CommandLine.Command;

/** {@code pgattest dataset}: the commands about a project's dataset. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Loads and fingerprints a project's reproducible dataset.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer = "  pgattest dataset fingerprint systems/skeldir --scale 0.001",
        subcommands = {DatasetLoadCommand.class, DatasetFingerprintCommand.class})
final class DatasetCommand {

    private DatasetCommand() {}
}
