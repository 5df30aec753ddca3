package dev.pgattest.cli;

import picocli.CommandLine.Command;

/** {@code pgattest deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Changes the indexes of a database that is in use, without stopping writers.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest deploy plan systems/skeldir --server postgresql://me@db.example/skeldir --out plan.json",
            "  pgattest deploy apply systems/skeldir --server postgresql://me@db.example/skeldir --plan plan.json"
        },
        subcommands = {
            DeployApplyCommand.class,
            DeployPlanCommand.class,
            DeployPlaybookCommand.class,
            DeployRehearseCommand.class,
            DeployRollbackCommand.class,
            DeployStatusCommand.class,
            DeployVerifyCommand.class
        })
final class DeployCommand {}
