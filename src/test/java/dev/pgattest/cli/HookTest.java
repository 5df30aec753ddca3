package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.document.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others call: the hook of pre-commit, and the commands of the page about continuous integration. */
class HookTest {

    private static final Pattern COMMAND = Pattern.compile("pgattest\"? lint ([^>|'\\n]*)");

    @TempDir
    Path folder;

    @Test
    void the_hook_calls_the_linter_with_the_files_of_a_commit() throws IOException {
        String hooks = Files.readString(Path.of(".pre-commit-hooks.yaml"));
        String hook = hooks.replaceFirst("^- ", "").replaceAll("(?m)^  ", "");
        String entry =
                Document.parse("hook", hook).orThrow().root().path("entry").asString();

        List<String> command = new ArrayList<>(List.of(entry.split(" ", -1)));
        assertThat(command.remove(0)).isEqualTo("pgattest");
        command.add(Files.writeString(folder.resolve("a.sql"), "create index i on t (x);")
                .toString());
        command.add(Files.writeString(folder.resolve("b.sql"), "select 1;").toString());

        ProgramRun run = ProgramRun.of(command.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("index-not-concurrent");
        assertThat(run.err()).contains("2 files, 2 statements");
    }

    @Test
    void the_commands_of_the_page_run() throws IOException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V1__a.sql"), "create index i on t (x);");
        Matcher commands = COMMAND.matcher(Files.readString(Path.of("docs/continuous-integration.md")));
        int found = 0;
        while (commands.find()) {
            // The revision is the reader's; that --since takes one is tested with a repository of its own.
            String options =
                    commands.group(1).replaceAll("--since \"[^\"]*\"", "").strip();
            List<String> arguments = new ArrayList<>(List.of("lint"));
            for (String word : options.split(" +", -1)) {
                arguments.add(word.equals("migrations") ? migrations.toString() : word);
            }
            ProgramRun run = ProgramRun.of(arguments.toArray(String[]::new));
            assertThat(run.exitCode()).as("%s: %s", arguments, run.err()).isEqualTo(1);
            found++;
        }
        assertThat(found).isEqualTo(2);
    }
}
