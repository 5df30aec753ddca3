package dev.pgattest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.GeneratedFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/health.md} is what the rules say. After a change of a rule: {@code make docs}. */
class HealthPageTest {

    private static final String INTRODUCTION = """
            # Health of a live database

            [`pgattest health`](cli/health.md) looks at a database that is in use and says what is wrong with its indexes and what they depend on.
            It never writes, and it never makes others wait: every query is a read-only transaction of its own with a `lock_timeout` of half a
            second and a `statement_timeout`, no lock is stronger than `ACCESS SHARE`, and a table that somebody has locked is left out and
            named. Settings end with their transaction, so that it works behind a connection pooler.

            A role needs `CONNECT` and membership in `pg_monitor`:

            ```sql
            create role monitor login;
            grant pg_monitor to monitor;
            ```

            That is not enough to see the planner's statistics of tables and the values of sequences, which the role must be able to read:
            `grant pg_read_all_data to monitor;`, or `grant select` on some. What a role may not see is named in a note with the right that is
            missing.

            Objects of the system, of extensions, temporary ones and pgattest's own are left out. Use is counted from when the counters were
            reset, or the server crashed, whichever is later; on replicas each server has counters of its own, which `--replica` adds.

            ## For Prometheus

            `--format openmetrics` writes figures in the text format of [OpenMetrics](https://prometheus.io/docs/specs/om/open_metrics_spec/),
            for the textfile collector of node_exporter:

            ```
            # /etc/cron.d/pgattest
            */15 * * * * monitor pgattest health --server service=shop --format openmetrics > /var/lib/node_exporter/shop.new; test $? -le 1 && mv /var/lib/node_exporter/shop.new /var/lib/node_exporter/shop.prom
            ```

            or as a service that a systemd timer starts (`OnCalendar=*:0/15`):

            ```
            # /etc/systemd/system/pgattest-health.service
            [Service]
            Type=oneshot
            User=monitor
            ExecStart=/bin/sh -c 'pgattest health --server service=shop --format openmetrics > /var/lib/node_exporter/shop.new; test $? -le 1'
            ExecStartPost=/bin/mv /var/lib/node_exporter/shop.new /var/lib/node_exporter/shop.prom
            ```

            The textfile collector reads the older text format and takes the counters of this one as untyped; `rate()` works all the same.
            Findings do not stop the figures: the exit code is 1 when one of them is an error. `pgattest_findings` counts findings by rule and
            severity; the other figures have the labels `database`, `schema`, `table`, `index` and `sequence`.

            ## Rules

            Errors end the command with 1. `--rule ID=off|info|warning|error` changes what a finding weighs.

            | rule | severity | in short |
            |---|---|---|
            """;

    @Test
    void the_page_says_what_the_rules_say() throws IOException {
        String table = HealthRules.all().stream()
                .map(rule -> "| [" + rule.id() + "](#" + rule.id() + ") | "
                        + rule.severity().word() + " | " + rule.page().meaning().split("(?<=[.:]) ", 2)[0] + " |\n")
                .collect(Collectors.joining());
        String sections =
                HealthRules.all().stream().map(HealthPageTest::section).collect(Collectors.joining());
        GeneratedFile.assertUpToDate(
                Path.of("docs/health.md"),
                INTRODUCTION + table + "\nThis page is generated from the rules.\n" + sections);
    }

    @Test
    void ids_are_unique() {
        List<String> ids = HealthRules.ids();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
    }

    private static String section(HealthRule rule) {
        String limits = rule.limits().stream()
                .map(limit -> "| "
                        + BigDecimal.valueOf(limit.value()).stripTrailingZeros().toPlainString() + " | " + limit.unit()
                        + " | " + limit.meaning() + " |\n")
                .collect(Collectors.joining());
        return "\n### " + rule.id() + "\n\nSeverity: " + rule.severity().word() + "\n\n"
                + rule.page().meaning()
                + "\n\n**What to do:** " + rule.page().remedy() + "\n\n"
                + (limits.isEmpty() ? "" : "| limit | unit | meaning |\n|---|---|---|\n" + limits + "\n")
                + "Source: " + rule.page().source() + "\n";
    }
}
