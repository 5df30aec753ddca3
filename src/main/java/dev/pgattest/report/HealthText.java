package dev.pgattest.report;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthSummary;
import dev.pgattest.health.HealthSummary.Amount;
import dev.pgattest.health.HealthSummary.Share;
import dev.pgattest.health.ServerFacts;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a database is doing, for people: its figures first, then the findings with what to do. */
public final class HealthText {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private HealthText() {}

    /** The figures and the findings, errors first. */
    public static String of(HealthReport report, Paint paint) {
        StringBuilder text = new StringBuilder();
        head(report).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        report.findings()
                .forEach(finding -> text.append(finding(finding, paint)).append('\n'));
        return text.toString();
    }

    /** A line with what was found: {@code shop: 1 error, 2 warnings}. */
    public static String summary(HealthReport report) {
        String counts = Stream.of(Severity.values())
                .filter(severity -> report.count(severity) > 0)
                .map(severity ->
                        Numbers.counted(report.count(severity), severity == Severity.INFO ? "note" : severity.word()))
                .collect(Collectors.joining(", "));
        return report.server().database() + ": " + (counts.isEmpty() ? "no findings" : counts);
    }

    private static List<String> head(HealthReport report) {
        ServerFacts server = report.server();
        HealthSummary summary = report.summary();
        return List.of(
                "database " + server.database() + " at " + server.address() + ", PostgreSQL " + server.version()
                        + (server.standby() ? ", a standby" : ""),
                "counters since " + DAY.format(server.counters().since()) + " ("
                        + age(server.counters().age()) + ")",
                "tables " + amount(summary.tables()) + ", indexes " + amount(summary.indexes()),
                "scans that use an index: " + share(summary.largeTables()) + " of large tables, "
                        + share(summary.allTables()) + " of all",
                "found in shared buffers: " + share(summary.tableCache()) + " of table blocks, "
                        + share(summary.indexCache()) + " of index blocks");
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return Numbers.counted((int) age.toDays(), "day");
        }
        return age.toHours() > 0
                ? Numbers.counted((int) age.toHours(), "hour")
                : Numbers.counted((int) age.toMinutes(), "minute");
    }

    private static String amount(Amount amount) {
        return Numbers.count(amount.count()) + " (" + Numbers.bytes(amount.bytes()) + ")";
    }

    private static String share(Share share) {
        return share.whole() == 0 ? "none" : String.format(Locale.ROOT, "%.1f %%", share.value() * 100);
    }

    private static String finding(ObjectFinding finding, Paint paint) {
        String object = finding.object().isEmpty() ? "" : finding.object() + ": ";
        String head = paint.severity(finding.severity(), finding.severity().word() + "[" + finding.rule() + "]") + ": "
                + object + finding.message() + "\n";
        return finding.remedy().isEmpty()
                ? head
                : head + "  help: " + finding.remedy().replace("\n", "\n        ") + "\n";
    }
}
