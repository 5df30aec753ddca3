package dev.pgattest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/audit.md} is what the rules say. After a change of a rule: {@code make docs}. */
class AuditPageTest {

    private static final String INTRODUCTION = """
            # Are tenants kept apart?

            [`pgattest audit`](cli/audit.md) answers for a state of a project or for a database that is in use. It reads the catalog, and it tries:
            as the role of the application, for one tenant, against rows of another.

            Three things must be known. Each comes from an option, from the project, or from the catalog, and the output says from where:

            | what | option | project | otherwise |
            |---|---|---|---|
            | the column that says whose a row is | `--tenant-column` | `lint.tenant_column` | the column that most policies read, or `tenant_id` |
            | the session's setting that says who asks | `--tenant-setting` | the setting that most queries take from a parameter | the one that most policies read, in functions that they call too |
            | the application's role | `--role` | the role of those queries | roles of policies that go by the column, else roles with rights on the tables, else their owner |

            ## Reading
            Read-only transactions, no lock stronger than `ACCESS SHARE`, a `lock_timeout` of half a second; a table that somebody has locked is left
            out and named. Every role may read the catalogs that it needs. PostgreSQL 14 to 18.

            A condition is read as PostgreSQL shows it: each side of an OR must compare the tenant column with something else. What a function or a
            subquery in it does is left to the proof.

            ## Trying
            A project's state is always tried, on a server of pgattest's own. A running database is tried with `--prove` alone: in transactions that
            are rolled back, but triggers fire, sequences advance, and rows are locked; it needs a role that can make rows past the policies and
            take the application's role with SET ROLE, such as a superuser.

            For every table with the tenant column, rows of two tenants, A and B, are made by the catalog: types, NOT NULL, checks, unique and
            foreign keys. Then, as the application's role for A: read rows of B; insert a row of B; change one of B's; give a row of A to B;
            delete one of B's; write a unique key that B has; refer to a row of B. On pgattest's own server also truncate, and update and
            delete without a condition, which asks other policies. Then read, update and delete with the setting never made, empty, and
            malformed: that must find nothing or fail. The same is read through every view and materialized view that the application may read, and through functions without
            arguments: what they show must not change with a row of B.

            A is also seen to read its own row: otherwise nothing would be proved. Where rows cannot be made, a project's
            own are taken, when two tenants have some; otherwise the table is `not-proved`, with the server's reason, an error. What succeeds by a uuid alone, which cannot be guessed, is tolerated and shown.

            ## Limits
            A session that can run any SQL can set the setting: row-level security by a setting guards against forgotten conditions, not
            against SQL injection. Timing, error texts of constraints, and functions that leak (`pg_proc.proleakproof`) are not measured.

            ## Rules
            Errors end the command with 1. `--rule ID=off|info|warning|error` changes what a finding weighs.

            | rule | severity | in short |
            |---|---|---|
            """;

    @Test
    void the_page_says_what_the_rules_say() throws IOException {
        String table = AuditRules.all().stream()
                .map(rule -> "| [" + rule.id() + "](#" + rule.id() + ") | "
                        + rule.severity().word() + " | " + rule.page().effect().split("(?<=[.:]) ", 2)[0] + " |\n")
                .collect(Collectors.joining());
        String sections = AuditRules.all().stream().map(AuditPageTest::section).collect(Collectors.joining());
        GeneratedFile.assertUpToDate(
                Path.of("docs/audit.md"),
                INTRODUCTION + table + "\nThis page is generated from the rules.\n" + sections);
    }

    @Test
    void ids_are_unique() {
        assertThat(AuditRules.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
    }

    private static String section(AuditRule rule) {
        return "\n### " + rule.id() + "\n\nSeverity: " + rule.severity().word() + "\n\n"
                + rule.page().effect()
                + "\n\n**What to do:** " + rule.page().remedy() + "\n\nSource: "
                + rule.page().source() + "\n";
    }
}
