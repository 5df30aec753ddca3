package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.pipeline.ApplyRequest;
import dev.pgattest.report.DeploymentText;
import dev.pgattest.report.Paint;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that changes a database has to be allowed. */
final class ApplyOptions {

    @Option(
            names = "--allow",
            paramLabel = "HAZARD",
            description = "Allow a hazard that the plan names, such as drop-index; may be repeated.")
    private List<String> allowed = new ArrayList<>();

    @Option(names = "--yes", description = "Carry the plan out without asking.")
    private boolean yes;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "10min",
            converter = DurationConverter.class,
            description =
                    "How long to wait for another deployment to end; 0s to leave at once (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ofMinutes(10);

    @Mixin
    private final PreflightOptions preflight = new PreflightOptions();

    @Option(
            names = "--require-use",
            description = "Stop before anything is dropped when a query does not use the index that was made for it;"
                    + " without it, that is only told.")
    private boolean requireUse;

    ApplyRequest request() {
        Set<Hazard> hazards = new LinkedHashSet<>();
        for (String id : allowed) {
            hazards.add(Hazard.of(id)
                    .orElseThrow(() -> PgattestException.badInput(
                            "there is no hazard " + id, "allow one of " + String.join(", ", Hazard.ids()))));
        }
        return new ApplyRequest(
                hazards,
                preflight.limits(),
                wait,
                requireUse ? ApplyRequest.UseDemand.REQUIRE : ApplyRequest.UseDemand.REPORT);
    }

    /** Shows a plan, and asks on a terminal whether to carry it out unless that was said already. */
    boolean confirms(DeploymentPlan plan, PrintWriter err) {
        err.print(DeploymentText.of(plan, Terminal.showsProgress() ? Paint.ANSI : Paint.NONE));
        err.flush();
        if (yes) {
            return true;
        }
        Console console = Terminal.showsProgress() ? System.console() : null;
        if (console == null) {
            throw PgattestException.badInput(
                    "nobody is there to confirm the plan, so nothing was changed",
                    "look at the plan, then add --yes, or write it with deploy plan --out FILE and apply it with --plan FILE");
        }
        String answer = console.readLine("carry it out? [y/N] ");
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }
}
