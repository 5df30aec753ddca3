package dev.pgattest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents agree with the program and with each other. Pages of commands: {@code CommandPagesTest}. */
class DocsTest {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final String INTRODUCTION = """
            # File formats

            A project is a folder with `pgattest.yaml`; every other file is named there and lies in that folder. The files are
            YAML 1.2 in UTF-8: dates stay text, `yes` and `no` are texts, numbers have no `_`, keys may not repeat. Paths are
            relative to the project's folder, with `/` between their parts.

            Editors complete and check the files by the JSON Schemas in [schema](schema); `pgattest check PROJECT` checks them by
            the same schemas and the rest of what must hold (see [check](cli/check.md)). This page is made from the schemas.

            """;

    @Test
    void the_page_of_file_formats_is_made_from_the_schemas() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (String kind : List.of("pgattest", "workload", "dataset", "indexes")) {
            Path schema = DOCS.resolve("schema").resolve(kind + ".schema.json");
            if (Files.exists(schema)) {
                page.append(FileFormatsPage.section(Files.readString(schema)));
            }
        }
        GeneratedFile.assertUpToDate(
                DOCS.resolve("file-formats.md"), page.toString().stripTrailing() + "\n");
    }

    @Test
    void every_link_between_documents_leads_to_a_file() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String link = links.group(1);
                boolean isLocal = !link.contains("://") && !link.startsWith("mailto:");
                if (isLocal && !Files.exists(document.resolveSibling(link))) {
                    broken.add(document + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path start : List.of(DOCS, Path.of("systems"))) {
            if (Files.isDirectory(start)) {
                try (Stream<Path> files = Files.walk(start)) {
                    files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
                }
            }
        }
        try (Stream<Path> files = Files.list(Path.of(""))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }
}
