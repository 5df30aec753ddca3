package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CommandPagesTest {

    private static final Path PAGES = Path.of("docs/cli");

    /** Every command and what stands below it, by its name after {@code pgattest}. */
    static Map<String, CommandLine> allCommands() {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("", Main.commandLine(), commands);
        return commands;
    }

    static Stream<Map.Entry<String, CommandLine>> commands() {
        return allCommands().entrySet().stream();
    }

    private static void collect(String prefix, CommandLine parent, Map<String, CommandLine> commands) {
        parent.getSubcommands().forEach((name, command) -> {
            commands.put(prefix + name, command);
            collect(prefix + name + " ", command, commands);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_shows_an_example_in_its_help(Map.Entry<String, CommandLine> command) {
        assertThat(command.getValue().getUsageMessage(Ansi.OFF))
                .contains("Example")
                .contains("pgattest " + command.getKey() + " ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_shows_its_help_when_asked(Map.Entry<String, CommandLine> command) {
        StringWriter out = new StringWriter();
        String[] arguments = (command.getKey() + " --help").split(" ");

        assertThat(Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        assertThat(out.toString()).startsWith("Usage: pgattest " + command.getKey() + " ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_a_page_made_from_its_help(Map.Entry<String, CommandLine> command) throws IOException {
        String usage = command.getValue().getUsageMessage(Ansi.OFF).replace("\r\n", "\n");
        String description = String.join(
                " ", command.getValue().getCommandSpec().usageMessage().description());
        String page = "# pgattest " + command.getKey() + "\n\n" + description + "\n\n```\n" + usage.stripTrailing()
                + "\n```\n";

        GeneratedFile.assertUpToDate(page(command.getKey()), page);
    }

    @Test
    void no_page_is_left_of_a_command_that_is_gone() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages)
                    .isSubsetOf(allCommands().keySet().stream()
                            .map(CommandPagesTest::page)
                            .toList());
        }
    }

    private static Path page(String command) {
        return PAGES.resolve(command.replace(' ', '-') + ".md");
    }
}
