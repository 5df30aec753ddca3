package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Severity;
import dev.pgattest.report.LintText;
import dev.pgattest.report.Paint;
import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the linter says of the scripts that the reference systems' documents prescribe stands beside them. */
class AsDocumentedTest {

    static List<Path> folders() throws IOException {
        try (Stream<Path> systems = Files.list(Path.of("systems"))) {
            List<Path> folders = systems.map(system -> system.resolve("as-documented"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
            assertThat(folders).isNotEmpty();
            return folders;
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void the_documents_own_scripts_are_rejected(Path folder) throws IOException {
        LintSql.Outcome outcome = new LintSql(new LintRequest(List.of(folder), null, null, false, null, false)).run();

        assertThat(outcome.report().count(Severity.ERROR)).isPositive();
        GeneratedFile.assertUpToDate(
                folder.resolve("findings.txt"),
                LintText.of(outcome.report().findings(), outcome.texts(), Paint.NONE)
                        + LintText.summary(outcome.report()) + "\n");
    }
}
