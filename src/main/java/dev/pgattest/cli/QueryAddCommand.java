package dev.pgattest.cli;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.Utf8;
import dev.pgattest.pipeline.AddQuery;
import dev.pgattest.pipeline.AddQueryRequest;
import dev.pgattest.workload.Priority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgattest query add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Adds a query: a file for its SQL and an entry of the workload with its cases, each with a value to fill in for every parameter.",
            "The rest of the workload's file stays as it is. What is still to fill in, pgattest check names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pgattest query add shop Q2_open_orders --priority P0 --owner \"shop team\" \\",
            "      --serves \"GET /orders/open\" --slo \"p95 < 50 ms\" --sql open_orders.sql",
            "  echo \"select count(*) from orders\" | pgattest query add shop Q3_count --sql - --case only"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:added",
            "2:it cannot be added, all problems are listed and nothing is written",
            "3:the disk refused"
        })
final class QueryAddCommand implements Callable<Integer>, OfProject {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "Folder with pgattest.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Parameters(index = "1", paramLabel = "NAME", description = "Name of the query; also of its file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            defaultValue = "P1",
            description = "${COMPLETION-CANDIDATES}: P0 blocks, P1 warns, P2 informs (default: ${DEFAULT-VALUE}).")
    private Priority priority = Priority.P1;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Team or person that answers for it.")
    private @Nullable String owner;

    @Option(names = "--serves", paramLabel = "TEXT", description = "Endpoint or worker that runs it.")
    private @Nullable String serves;

    @Option(names = "--persona", paramLabel = "TEXT", description = "Who waits for the answer.")
    private @Nullable String persona;

    @Option(names = "--use-case", paramLabel = "TEXT", description = "What the answer is for.")
    private @Nullable String useCase;

    @Option(
            names = "--frequency",
            paramLabel = "TEXT",
            description = "How often it runs, such as \"100 / day / tenant\".")
    private @Nullable String frequency;

    @Option(names = "--expected-rows", paramLabel = "TEXT", description = "How many rows it returns, in words.")
    private @Nullable String expectedRows;

    @Option(names = "--no-index", paramLabel = "REASON", description = "Why it needs no index.")
    private @Nullable String noIndex;

    @Option(names = "--role", paramLabel = "ROLE", description = "Role that runs it.")
    private @Nullable String role;

    @Option(names = "--slo", paramLabel = "SLO", description = "What every case must keep, such as \"p95 < 500 ms\".")
    private @Nullable String slo;

    @Option(
            names = "--case",
            paramLabel = "CASE",
            description = "A case; give it once for each (default: typical and worst).")
    private List<String> cases = List.of();

    @Option(
            names = "--index",
            paramLabel = "INDEX",
            description = "An index that is to serve it in the gate; give it once for each.")
    private List<String> indexes = List.of();

    @Option(
            names = "--sql",
            paramLabel = "FILE",
            description =
                    "File with the statement, or - for standard input. A file in the project is used where it is, another is "
                            + "copied (default: a file to fill in).")
    private @Nullable String sql;

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Integer call() {
        List<String> wanted = cases.isEmpty() ? List.of("typical", "worst") : cases;
        AddQuery.Added added =
                new AddQuery(new AddQueryRequest(folder, name, priority, said(), slo, wanted, indexes, sql())).run();
        spec.commandLine()
                .getOut()
                .println("added " + name + " to " + folder.resolve(added.workload()) + ", its SQL is in "
                        + folder.resolve(added.sql()));
        spec.commandLine().getErr().println("next: pgattest check " + folder);
        return ExitCode.PASSED.number();
    }

    private Map<String, String> said() {
        Map<String, @Nullable String> options = new LinkedHashMap<>();
        options.put("owner", owner);
        options.put("serves", serves);
        options.put("persona", persona);
        options.put("use_case", useCase);
        options.put("frequency", frequency);
        options.put("expected_rows", expectedRows);
        options.put("no_index", noIndex);
        options.put("role", role);
        Map<String, String> said = new LinkedHashMap<>();
        options.forEach((key, text) -> {
            if (text != null) {
                said.put(key, text);
            }
        });
        return said;
    }

    private AddQueryRequest.Sql sql() {
        if (sql == null) {
            return new AddQueryRequest.Sql.Missing();
        }
        if (!sql.equals("-")) {
            return new AddQueryRequest.Sql.InFile(Path.of(sql));
        }
        try {
            return new AddQueryRequest.Sql.Given(
                    Utf8.decode("standard input", System.in.readAllBytes()).orThrow());
        } catch (IOException e) {
            throw PgattestException.environment("standard input cannot be read: " + e.getMessage(), "run it again", e);
        }
    }
}
