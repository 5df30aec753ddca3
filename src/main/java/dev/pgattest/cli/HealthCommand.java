package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.Severity;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthRules;
import dev.pgattest.pipeline.CheckHealth;
import dev.pgattest.pipeline.HealthRequest;
import dev.pgattest.report.HealthJson;
import dev.pgattest.report.HealthText;
import dev.pgattest.report.OpenMetrics;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgattest health}. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Looks at a live database and says how its indexes, tables and counters are doing.",
            "It only reads: short read-only transactions, no lock stronger than ACCESS SHARE. Membership in pg_monitor is enough; what else "
                    + "a role may not see is named. docs/health.md explains the rules."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest health --server postgresql://monitor@db.example:5432/shop",
            "  pgattest health --server service=shop --replica postgresql://monitor@replica.example:5432/shop",
            "  pgattest health --server service=shop --format openmetrics > /var/lib/node_exporter/pgattest.prom.new"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding of error severity",
            "1:at least one error",
            "2:an option is wrong",
            "3:a server cannot be reached or fails"
        })
final class HealthCommand implements Callable<Integer> {

    /** What goes to standard output; the constants are spelled as users write them. */
    enum Format {
        /** For people. */
        text,
        /** For programs. */
        json,
        /** For Prometheus. */
        openmetrics
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            required = true,
            description = "Connection string of the database: a URL, keywords and values, or service=name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String server;

    @Option(
            names = "--replica",
            paramLabel = "SERVER",
            description =
                    "The same database on a physical replica, or on the primary: what is used there counts too. May be repeated.")
    private List<String> replicas = List.of();

    @Option(
            names = "--exact-bloat",
            description =
                    "Read all pages of the B-trees from 1 MB on to see how much air they hold. It needs the extension pgstattuple.")
    private boolean exactBloat;

    @Option(
            names = "--min-statistics-age",
            paramLabel = "AGE",
            defaultValue = "14d",
            converter = AgeConverter.class,
            description =
                    "How long counters must have counted before an index is called unused: 14d, 36h (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Duration youngest;

    @Option(
            names = "--rule",
            paramLabel = "ID=SEVERITY",
            description = "Give a rule another severity: off, info, warning or error. May be repeated.")
    private Map<String, String> severities = Map.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Format format;

    @Override
    public Integer call() {
        HealthRequest request = HealthRequest.of(
                server,
                replicas,
                exactBloat ? BloatReading.EXACT : BloatReading.ESTIMATED,
                new HealthRules.Settings(youngest, RuleSeverities.parse(severities, HealthRules.ids())));
        HealthReport report = new CheckHealth(request).run();
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> out.print(HealthText.of(report, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
            case json -> out.println(HealthJson.of(report, Version.text()));
            case openmetrics -> out.print(OpenMetrics.of(report.metrics()));
        }
        out.flush();
        spec.commandLine().getErr().println(HealthText.summary(report));
        return (report.count(Severity.ERROR) == 0 ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
