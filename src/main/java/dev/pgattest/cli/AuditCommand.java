package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Severity;
import dev.pgattest.audit.AuditReport;
import dev.pgattest.audit.AuditRules;
import dev.pgattest.pipeline.AuditDatabase;
import dev.pgattest.pipeline.AuditRequest;
import dev.pgattest.pipeline.AuditRequest.Proof;
import dev.pgattest.report.AuditJson;
import dev.pgattest.report.AuditText;
import dev.pgattest.report.Paint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Says whether row-level security keeps the tenants of a database apart: reads tables, policies, roles, rights, views, functions"
                    + " and keys, and tries it as one tenant against another.",
            "A state of a project is made on a server of pgattest's own and tried there. A running database is only read, in read-only"
                    + " transactions with no lock stronger than ACCESS SHARE, unless --prove is given. docs/audit.md explains the rules."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest audit systems/skeldir",
            "  pgattest audit systems/skeldir --state baseline --format json",
            "  pgattest audit --server postgresql://auditor@db.example:5432/shop --tenant-column org_id",
            "  pgattest audit --server service=staging --prove --role shop_app --tenant-setting app.org"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no finding of error severity",
            "1:at least one error",
            "2:the project or an option is wrong, or nothing tells tenants apart",
            "3:the environment failed, or the run was interrupted"
        })
final class AuditCommand implements Callable<Integer>, OfProject {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROJECT",
            arity = "0..1",
            description = "Folder with pgattest.yaml; may be left out when --server names a database.")
    private @Nullable Path folder;

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description =
                    "embedded (PostgreSQL 18, comes with pgattest) or local (installed binaries) make the state of a project; a"
                            + " connection string audits the database that it names (default: embedded).")
    private @Nullable String server;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "State of the project to make (default: the project's gate).")
    private @Nullable String state;

    @Option(
            names = "--tenant-column",
            paramLabel = "NAME",
            description =
                    "Column that says whose a row is (default: the project's, or the one that most policies read, or tenant_id).")
    private @Nullable String column;

    @Option(
            names = "--tenant-setting",
            paramLabel = "NAME",
            description =
                    "Session's setting that says who asks (default: the one that the project's queries take from a parameter, or that"
                            + " most policies read).")
    private @Nullable String setting;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "Role of the application, which serves one tenant at a time. May be repeated (default: that of the project's queries,"
                            + " or those that policies of one tenant name, or that have rights on the tables).")
    private List<String> roles = List.of();

    @Option(
            names = "--prove",
            description =
                    "Try it in the running database too: make rows of two tenants; read, insert, update and delete them as the"
                            + " application's role. Every transaction is rolled back, and every statement names rows of its own; but"
                            + " triggers fire, sequences advance, and the rows that new ones refer to are locked meanwhile.")
    private boolean prove;

    @Option(
            names = "--rule",
            paramLabel = "ID=SEVERITY",
            description = "Give a rule another severity: off, info, warning or error. May be repeated.")
    private Map<String, String> severities = Map.of();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Path folder() {
        return folder == null ? Path.of("") : folder;
    }

    @Override
    public Integer call() {
        if (state != null && folder == null) {
            throw PgattestException.badInput(
                    "--state needs a project", "name its folder: pgattest audit PROJECT --state STATE");
        }
        PrintWriter err = spec.commandLine().getErr();
        ConsoleProgress progress = new ConsoleProgress(err);
        AuditRequest request = new AuditRequest(
                folder,
                AuditRequest.server(folder, server),
                state,
                new AuditRequest.Tenants(column, setting, roles),
                prove ? Proof.ROLLED_BACK : Proof.READ_ONLY,
                RuleSeverities.parse(severities, AuditRules.ids()));
        AuditReport report = new AuditDatabase(request, progress).run();
        progress.clear();
        PrintWriter out = spec.commandLine().getOut();
        if (format.isJson()) {
            out.println(AuditJson.of(report, Version.text()));
        } else {
            out.print(AuditText.of(report, Terminal.hasColour() ? Paint.ANSI : Paint.NONE));
        }
        out.flush();
        err.println(AuditText.summary(report));
        return (report.count(Severity.ERROR) == 0 ? ExitCode.PASSED : ExitCode.FAILED).number();
    }
}
