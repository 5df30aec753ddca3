package dev.pgattest.drift;

import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/index-findings.md} is what the rules say. */
class IndexFindingsPageTest {

    private static final String INTRODUCTION = """
            # Findings of `pgattest indexes`

            [`pgattest indexes`](cli/indexes.md) compares the index plan ([indexes.yaml](file-formats.md)) with a state of the project,
            made of empty tables on a server of pgattest's own, or with a running database, which it reads in a read-only transaction. An
            error fails the command; a warning is shown; a note (`info`) says what was decided or could not be known.

            Definitions are compared in the server's own words. What a user writes (`status in ('a', 'b')`) and what the server prints of
            it differ, and what it prints is stored differently once more. So both are made on an empty temporary copy of the table, in a
            transaction that is rolled back, until the text stays. In a running database that is not done: definitions are then
            compared as PostgreSQL's grammar reads them, and what differs in casts alone is called `uncertain` instead of different.

            Which queries use an index is what the plans say that `prove` captured: the state's for `serves-no-query`, the gate's for
            what the plan claims.

            This page is made from the rules.
            """;

    @Test
    void the_page_says_what_the_rules_say() throws IOException {
        String page = INTRODUCTION
                + Stream.of(DriftRule.values())
                        .map(IndexFindingsPageTest::section)
                        .collect(Collectors.joining());

        GeneratedFile.assertUpToDate(Path.of("docs/index-findings.md"), page);
    }

    private static String section(DriftRule rule) {
        return "\n## " + rule.id() + "\n\nSeverity: " + rule.severity().word() + "\n\n" + rule.meaning()
                + "\n\n**What to do:** " + rule.remedy() + "\n";
    }
}
