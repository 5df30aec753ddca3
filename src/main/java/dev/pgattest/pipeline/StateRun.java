package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.IndexEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.evidence.TableEvidence;
import dev.pgattest.pipeline.CaseMeasuring.ModeSamples;
import dev.pgattest.postgres.Catalog;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.WriteTraces;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.verdict.RedFlagSettings;
import dev.pgattest.verdict.StateJudge;
import dev.pgattest.workload.Measurement;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import dev.pgattest.workload.Statement;
import dev.pgattest.workload.Variant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Measures every case of a project in the state that its database is in. */
final class StateRun {

    private final Project project;
    private final Connections connections;
    private final CaseStatements statements;
    private final CaseMeasuring measuring;
    private final RedFlagSettings redFlags;
    private final Progress progress;
    private final Set<QualifiedName> written = new LinkedHashSet<>();
    private final Set<QualifiedName> traced = new LinkedHashSet<>();

    StateRun(Project project, Benchmark benchmark, Progress progress) {
        this.project = project;
        this.connections = benchmark.connections();
        this.statements = new CaseStatements(benchmark.dataset());
        this.measuring = new CaseMeasuring(connections, project.trial().measurement());
        this.redFlags = RedFlagChoices.of(project);
        this.progress = progress;
    }

    /** Measures the state; {@code schema} and {@code buildMs} are what is known of it already. */
    StateEvidence measure(State state, String schema, Map<String, Double> buildMs) {
        List<CaseRun> runs = runs(state);
        try (Session session = connections.open()) {
            // Sizes are those before anything is written.
            List<TableEvidence> tables = Catalog.tables(session);
            List<IndexEvidence> indexes = Catalog.indexes(session, buildMs);
            Measurement measurement = project.trial().measurement();
            CaseEvidences evidences =
                    new CaseEvidences(state.name(), measurement, redFlags, tables, Catalog.partitions(session));
            String calibration =
                    measurement.calibration() == null ? CalibrationQuery.DEFAULT : measurement.calibration();
            double before = CalibrationQuery.medianMs(session, calibration);
            Map<Integer, CaseEvidence> cases = new TreeMap<>();
            for (CaseRun run : runs) {
                progress.step(state.name() + ": " + run.query().name() + " "
                        + run.each().name());
                requireSameRows(state, run);
                removeTraces(run);
                List<ModeSamples> modes = measuring.measure(run.statement(), run.slo());
                noteWrites(modes);
                cases.put(run.position(), evidences.of(run.query(), run.each(), run.slo(), run.statement(), modes));
            }
            StateEvidence.Calibration bracket =
                    new StateEvidence.Calibration(before, CalibrationQuery.medianMs(session, calibration));
            List<CaseEvidence> inOrder = List.copyOf(cases.values());
            return new StateEvidence(
                    state.name(),
                    state.description(),
                    schema,
                    tables,
                    indexes,
                    Catalog.jsonbColumns(session),
                    bracket,
                    inOrder,
                    StateJudge.verdict(inOrder),
                    StateJudge.reasons(inOrder, bracket));
        }
    }

    /** What is measured in a state, in the order in which it is. */
    List<CaseRun> runs(State state) {
        return CaseRun.of(project, state, statements);
    }

    /** Nanoseconds that the server has worked on cases so far. */
    long serverNanos() {
        return measuring.serverNanos();
    }

    /** The tables that cases have written to since the last call. */
    Set<QualifiedName> takeWrittenTables() {
        Set<QualifiedName> tables = new LinkedHashSet<>(written);
        written.clear();
        return tables;
    }

    /** Those of them that still have traces of it. */
    Set<QualifiedName> takeTracedTables() {
        Set<QualifiedName> tables = new LinkedHashSet<>(traced);
        traced.clear();
        return tables;
    }

    /** A case that writes finds the tables as the first one did, however many samples that one took. */
    private void removeTraces(CaseRun run) {
        if (run.statement().writes()) {
            WriteTraces.remove(connections, traced);
            traced.clear();
        }
    }

    private void noteWrites(List<ModeSamples> modes) {
        for (ModeSamples mode : modes) {
            written.addAll(mode.written());
            traced.addAll(mode.written());
        }
    }

    private void requireSameRows(State state, CaseRun run) {
        if (run.variant().isEmpty()) {
            return;
        }
        Variant variant = run.variant().get();
        List<String> differences = new VariantCheck(connections)
                .differences(statements.original(run.query(), run.each()), run.statement(), variant);
        if (!differences.isEmpty()) {
            Statement own = run.query().statement();
            SqlFile check = own.sequence().check();
            throw PgattestException.badInput(List.of(Problem.ofFile(
                    variant.sql().path(),
                    "the variant of " + run.query().name() + " in " + state.name() + " does not "
                            + (check == null ? "return" : "leave") + " the rows of "
                            + (check == null ? own.sql() : check).path() + " in case "
                            + run.each().name() + ": "
                            + String.join("; ", differences),
                    "correct the variant; columns that may differ go into `ignore_columns`")));
        }
    }
}
