package dev.pgattest.baseline;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.evidence.ServerFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An earlier run's evidence that a later run is compared with. */
public final class Baseline {

    private final String file;
    private final Snapshot snapshot;

    private Baseline(String file, Snapshot snapshot) {
        this.file = file;
        this.snapshot = snapshot;
    }

    /** Reads evidence from the text of a file; the problems say why it is none. */
    public static Result<Baseline> read(String file, String text) {
        return SnapshotReader.read(file, text).then(snapshot -> Result.of(new Baseline(file, snapshot)));
    }

    /** Why this is the evidence of another project; empty when it is not. */
    public List<Problem> foreignTo(String project) {
        String other = snapshot.subject().project();
        return other.equals(project)
                ? List.of()
                : List.of(problem(
                        "it is of the project " + other + ", not of " + project, "name evidence of " + project));
    }

    /**
     * Why a run with this dataset cannot be compared with it.
     *
     * @param data the run's dataset; its fingerprints are not looked at
     * @param planModes that the run measures
     */
    public List<Problem> unlike(Evidence.Data data, List<String> planModes) {
        List<Problem> problems = new ArrayList<>();
        Snapshot.Subject subject = snapshot.subject();
        if (!subject.data().equals(describe(data))) {
            problems.add(problem(
                    "its dataset is " + subject.data() + ", this run's is " + describe(data), "run at the same size"));
        } else if (!subject.definition().equals(data.definition())) {
            problems.add(problem(
                    "its dataset was declared otherwise: " + subject.definition() + " then, " + data.definition()
                            + " now",
                    "restore the declaration"));
        }
        if (!subject.planModes().equals(planModes)) {
            problems.add(problem(
                    "it was measured with the plan modes " + String.join(", ", subject.planModes()) + ", this run with "
                            + String.join(", ", planModes),
                    "measure the same plan modes"));
        }
        return problems;
    }

    /** Why a run on this server cannot be compared with it. */
    public List<Problem> unlike(ServerFacts server) {
        List<Problem> problems = new ArrayList<>();
        Snapshot.Subject subject = snapshot.subject();
        if (!major(subject.version()).equals(major(server.version()))) {
            problems.add(problem(
                    "it was measured on PostgreSQL " + subject.version() + ", this server is " + server.version(),
                    "use a server of the same major version"));
        }
        Settings.differences(subject.settings(), server.settings())
                .forEach(difference -> problems.add(problem("the setting " + difference, "use the same settings")));
        return problems;
    }

    /**
     * Compares a run with it.
     *
     * @param tolerance share by which buffers may grow, 0.02 for 2 %
     */
    public BaselineComparison compare(Evidence evidence, double tolerance) {
        return new SnapshotComparison(snapshot, SnapshotReader.of(EvidenceJson.tree(evidence)), tolerance).result();
    }

    private static String describe(Evidence.Data data) {
        String scale = BigDecimal.valueOf(data.scale()).stripTrailingZeros().toPlainString();
        return Snapshot.describe(
                data.profile(),
                scale,
                data.members() == null ? "" : data.members().toString());
    }

    private Problem problem(String message, String remedy) {
        return Problem.ofFile(file, message, remedy + ", or replace the baseline with --update");
    }

    private static String major(String version) {
        return version.split("\\D", 2)[0];
    }
}
