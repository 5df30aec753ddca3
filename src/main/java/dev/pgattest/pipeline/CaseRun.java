package dev.pgattest.pipeline;

import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Slo;
import dev.pgattest.workload.State;
import dev.pgattest.workload.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One case of one query, with what runs in a state.
 *
 * @param position in the order of the workload
 */
record CaseRun(int position, Query query, Case each, Slo slo, CaseStatement statement, Optional<Variant> variant) {

    /** The cases that have an SLO, those that write last: what they leave behind must not touch the others. */
    static List<CaseRun> of(Project project, State state, CaseStatements statements) {
        List<CaseRun> runs = new ArrayList<>();
        for (Query query : project.workload().statements()) {
            Optional<Variant> variant = query.statement().variantIn(state.name());
            for (Case each : query.cases()) {
                Slo slo = each.slo();
                if (slo != null) {
                    CaseStatement statement = variant.map(other -> statements.variant(query, each, other))
                            .orElseGet(() -> statements.original(query, each));
                    runs.add(new CaseRun(runs.size(), query, each, slo, statement, variant));
                }
            }
        }
        runs.sort(
                Comparator.comparing((CaseRun run) -> run.statement().writes()).thenComparing(CaseRun::position));
        return runs;
    }
}
