package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.pipeline.KeptServers;
import dev.pgattest.pipeline.KeptServers.KeptServer;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest kept}. */
@Command(
        name = "kept",
        mixinStandardHelpOptions = true,
        description = "Lists the servers that --keep left running, or removes them.",
        footerHeading = "%nExamples:%n",
        footer = {"  pgattest kept", "  pgattest kept --remove"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed or removed", "3:a server could not be removed"})
final class KeptCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--remove", description = "Stop all of them and delete their data.")
    private boolean remove;

    @Override
    public Integer call() {
        List<KeptServer> servers = remove ? KeptServers.remove() : KeptServers.list();
        PrintWriter out = spec.commandLine().getOut();
        if (servers.isEmpty()) {
            out.println("no servers are kept");
        }
        for (KeptServer server : servers) {
            out.println((remove ? "removed: " : "") + "PostgreSQL " + server.version() + " for " + server.project());
            if (!remove) {
                server.howToConnect().forEach(command -> out.println("  " + command));
            }
        }
        return ExitCode.PASSED.number();
    }
}
