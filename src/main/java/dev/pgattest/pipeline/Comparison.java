package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.baseline.Baseline;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Outcome;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.files.EvidenceFile;
import dev.pgattest.pipeline.PlanRedraws.CaseName;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run's comparison with earlier evidence, from refusing what cannot be compared to the result. */
final class Comparison {

    private final ProveRequest.Against against;
    private final Progress progress;
    private @Nullable Baseline baseline;

    private Comparison(ProveRequest.Against against, @Nullable Baseline baseline, Progress progress) {
        this.against = against;
        this.baseline = baseline;
        this.progress = progress;
    }

    /**
     * The comparison that a request asks for, before anything is started; empty when it asks for none.
     *
     * @throws PgattestException of bad input when there is no such evidence, or when it is of another project, dataset or size and is not
     *     to be replaced
     */
    static Optional<Comparison> of(ProveRequest request, LoadedProject loaded, Progress progress) {
        ProveRequest.Against against = request.against();
        if (against == null) {
            return Optional.empty();
        }
        Path file = EvidenceFile.of(against.evidence());
        if (against.update() && !Files.exists(file)) {
            progress.note("there is no baseline yet at " + file);
            return Optional.of(new Comparison(against, null, progress));
        }
        Baseline baseline = EvidenceFile.read(file)
                .then(text -> Baseline.read(file.toAbsolutePath().toString(), text))
                .orThrow();
        refuse(baseline.foreignTo(loaded.project().name()));
        Comparison comparison = new Comparison(against, baseline, progress);
        Dataset dataset = loaded.dataset(request.size());
        comparison.require(baseline.unlike(data(dataset), planModes(loaded.project())));
        return Optional.of(comparison);
    }

    /**
     * Makes sure that the server is like that of the earlier run.
     *
     * @throws PgattestException of bad input when it is not and the evidence is not to be replaced
     */
    void requireLike(ServerFacts server) {
        if (baseline != null) {
            require(baseline.unlike(server));
        }
    }

    /** The cases of a run's states that would fail by what is known of them. */
    Set<CaseName> doubtful(Evidence partial) {
        if (baseline == null) {
            return Set.of();
        }
        return baseline.compare(partial, against.tolerance()).changes().stream()
                .filter(change -> change.outcome() == Outcome.WORSE)
                .map(change -> new CaseName(change.query(), change.caseName()))
                .collect(Collectors.toSet());
    }

    /** The result; with {@code --update} it says whether the baseline is to be replaced, which takes a gate that passed. */
    BaselineComparison result(Evidence evidence) {
        BaselineComparison found = baseline == null
                ? new BaselineComparison(against.tolerance(), 0, List.of(), false)
                : baseline.compare(evidence, against.tolerance());
        boolean updated = against.update() && evidence.verdict() == Verdict.PASS;
        if (against.update() && !updated) {
            progress.note("the baseline is not replaced, because the gate did not pass");
        }
        return new BaselineComparison(found.tolerance(), found.compared(), found.changes(), updated);
    }

    private void require(List<Problem> differences) {
        if (differences.isEmpty()) {
            return;
        }
        if (!against.update()) {
            throw PgattestException.badInput(differences);
        }
        differences.forEach(difference -> progress.note("not comparing: " + difference.message()));
        baseline = null;
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
    }

    private static List<String> planModes(Project project) {
        return project.trial().measurement().planModes().stream()
                .map(PlanMode::label)
                .toList();
    }

    private static Evidence.Data data(Dataset dataset) {
        return new Evidence.Data(
                dataset.profile().name(),
                dataset.size().scale().doubleValue(),
                dataset.size().members(),
                dataset.profile().seed(),
                dataset.definitionDigest(),
                List.of());
    }
}
