package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.report.LintText;
import dev.pgattest.report.Paint;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/rules} is what the rules say. After a change of a rule: {@code make docs}. */
class RulePagesTest {

    private static final Path PAGES = Path.of("docs/rules");

    @Test
    void every_rule_has_the_page_that_it_makes() throws IOException {
        for (LintRule rule : LintRules.all()) {
            GeneratedFile.assertUpToDate(PAGES.resolve(rule.id() + ".md"), page(RuleExample.of(rule)));
        }
        GeneratedFile.assertUpToDate(PAGES.resolve("README.md"), list());
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .containsOnlyOnceElementsOf(LintRules.ids())
                    .hasSize(LintRules.ids().size() + 1);
        }
    }

    private static String list() {
        StringBuilder page = new StringBuilder("""
                # Rules of `pgattest lint`

                An error stops traffic, loses data or cannot work; a warning is a risk; info is a matter of style. A project changes
                severities and switches rules on and off under `lint` in its [pgattest.yaml](../file-formats.md). This page and
                those of the rules are made from the rules and their examples; what a rule claims is shown on a real server by a
                test, or its page says why not.

                What runs when a file runs is judged by every rule: its statements, those in the bodies of DO blocks, in CREATE SCHEMA and
                behind EXPLAIN ANALYZE, and what EXECUTE runs as far as its text is known. The body of a function or procedure runs when
                somebody calls it, with what is there then; it is judged only for what can work at no time and for what no check can see:
                concurrently-in-block, dynamic-ddl, duplicate-column-assignment, non-immutable-index-expression and syntax-error.

                `-- pgattest:allow rule-id: reason` before a statement, in it or behind it on its last line allows what a rule finds there,
                also in a body between dollars; `pgattest:allow-file` allows it in the whole file. The reason is required, and a comment
                that allows nothing is a finding.

                The files of a folder run in the order of their versions, each in a connection of its own, and later ones know what earlier
                ones have made. Each folder that is named is taken for the scripts of one database, whatever order they are named in; files
                that are named themselves belong together, by folder and version. Undo scripts (U1__x.sql, 1_x.down.sql) run behind the
                change that they take back. So does the down part of a file for dbmate, goose or sql-migrate, whose two parts are two
                scripts; these tools put each into a transaction unless a comment says otherwise (`transaction:false`, `NO TRANSACTION`,
                `notransaction`).

                | rule | severity | finds |
                |---|---|---|
                """);
        for (LintRule rule : LintRules.all()) {
            page.append("| [" + rule.id() + "](" + rule.id() + ".md) | "
                    + rule.severity().word() + (rule.enabled() ? "" : ", on request") + " | "
                    + rule.page().title() + " |\n");
        }
        return page.toString();
    }

    private static String page(RuleExample example) {
        LintRule rule = example.rule();
        List<Finding> findings = example.findings(example.bad()).stream()
                .filter(finding -> finding.rule().equals(rule.id()))
                .toList();
        String output =
                LintText.of(findings, Map.of(example.bad().path(), example.bad().text()), Paint.NONE);
        return "# " + rule.id() + "\n\n" + rule.page().title() + ".\n\n" + facts(rule) + "\n\n**What happens.** "
                + rule.page().effect() + "\n\n**Instead.** " + rule.page().remedy() + "\n\n"
                + setup(example) + "Bad:\n\n" + sql(example.bad()) + "\n```\n" + output.stripTrailing()
                + "\n```\n\nGood:\n\n"
                + sql(example.good()) + beside(example) + "\n**Proof.** " + proof(rule.proof()) + "\n\nSource: "
                + rule.page().source() + "\n";
    }

    private static String beside(RuleExample example) {
        return example.beside().stream()
                .map(file -> "\nand beside it `" + file.path() + "`:\n\n" + sql(file))
                .collect(Collectors.joining());
    }

    private static String facts(LintRule rule) {
        String severity =
                "Severity: " + rule.severity().word() + (rule.enabled() ? "" : "; off until a project asks for it");
        int from = rule.versions().from();
        int to = rule.versions().to();
        String versions = (from == 0 ? "" : " from " + from) + (to == Integer.MAX_VALUE ? "" : " until " + to);
        return severity + ". PostgreSQL: " + (versions.isEmpty() ? "all versions" : versions.strip()) + ".";
    }

    private static String setup(RuleExample example) {
        return example.setup().size() < 2
                ? ""
                : "Given:\n\n" + sql(example.setup().get(1)) + "\n";
    }

    private static String sql(SqlFile file) {
        return "```sql\n" + file.text().stripTrailing() + "\n```\n";
    }

    private static String proof(Proof proof) {
        String both = "Both examples are run on a server by a test. ";
        if (proof instanceof Proof.TakesLock lock) {
            return both + "`pg_locks` shows " + lock.mode().words() + " or stronger on `" + lock.relation()
                    + "` for the bad one, and does not for the good one.";
        }
        if (proof instanceof Proof.ScansUnderLock scan) {
            return both + "The bad one reads the whole of `" + scan.scanned() + "` while it holds "
                    + scan.mode().words() + " or stronger on `" + scan.locked() + "`; the good one does not.";
        }
        if (proof instanceof Proof.LocksTogether locks) {
            return both + "The bad one holds " + locks.mode().words() + " or stronger on `" + locks.one() + "` and `"
                    + locks.other() + "` at the same time; the good one does not.";
        }
        if (proof instanceof Proof.WorksUnderLock lock) {
            return both + "The bad one runs a statement while an earlier one's "
                    + lock.mode().words() + " on `" + lock.relation() + "` is held; the good one does not.";
        }
        if (proof instanceof Proof.Rewrites rewrite) {
            return both + "The bad one gives `" + rewrite.relation()
                    + "` a new file (`pg_relation_filenode`), the good one leaves it.";
        }
        if (proof instanceof Proof.Fails failure) {
            return both + "The bad one fails with SQLSTATE " + failure.sqlState() + ", the good one runs.";
        }
        if (proof instanceof Proof.Queues queue) {
            return "Both examples are run by a test while another transaction reads `" + queue.relation()
                    + "`. The bad one still waits for it after seconds, and a third session that only wants to read waits"
                    + " behind it; the good one has given up.";
        }
        if (proof instanceof Proof.FailsBesideWriter failure) {
            return "Both examples are run by a test while another transaction has written to `orders` and goes on for"
                    + " seconds. The bad one fails with SQLSTATE " + failure.sqlState() + " and then this is true: "
                    + failure.what() + ". The good one runs to its end.";
        }
        if (proof instanceof Proof.Shows shows) {
            return both + "Only after the bad one, this is true: " + shows.what() + ".";
        }
        return "None: " + ((Proof.Unprovable) proof).reason() + ".";
    }
}
