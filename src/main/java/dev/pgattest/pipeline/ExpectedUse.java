package dev.pgattest.pipeline;

import dev.pgattest.evidence.IndexUse;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.PlannedIndex;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A case that is to use an index.
 *
 * @param index its name without a schema, as evidence and workload have it
 */
record ExpectedUse(String index, Query query, Case each) {

    /**
     * Every case that is to use an index in a state: by the plans that were measured; for what was not measured, by what workload and index
     * plan say, for each case of the query.
     *
     * @param measured what plans of the state used; null when it was not measured
     */
    static List<ExpectedUse> of(Project project, String state, @Nullable IndexUse measured) {
        List<ExpectedUse> expected = new ArrayList<>();
        for (Query query : project.workload().statements()) {
            if (measured == null || !measured.hasMeasured(query.name())) {
                for (String index : declared(project, state, query)) {
                    query.cases().forEach(each -> expected.add(new ExpectedUse(index, query, each)));
                }
                continue;
            }
            for (IndexUse.Use use : measured.uses()) {
                if (use.query().equals(query.name())) {
                    query.cases().stream()
                            .filter(each -> each.name().equals(use.caseName()))
                            .forEach(each -> expected.add(new ExpectedUse(use.index(), query, each)));
                }
            }
        }
        return expected;
    }

    private static Set<String> declared(Project project, String state, Query query) {
        Set<String> names = new TreeSet<>(query.expectation().indexesIn(state));
        if (state.equals(project.trial().gate())) {
            project.indexPlan().serving(query.name()).stream()
                    .map(PlannedIndex::name)
                    .forEach(names::add);
        }
        return names;
    }
}
