package dev.pgattest.workload;

import java.util.List;
import java.util.Optional;

/**
 * A project as its files declare it, complete and consistent.
 *
 * @param name name in reports and evidence
 * @param description for readers; empty when there is none
 * @param files the files and folders that the project consists of
 * @param trial on what and how cases are measured and judged
 * @param states at least one, in declared order; the first is the migrations alone
 * @param workload queries and jobs
 * @param indexPlan the indexes that are to exist and those that are not; {@link IndexPlan#NONE} when none is declared
 */
public record Project(
        String name,
        String description,
        ProjectFiles files,
        Trial trial,
        List<State> states,
        Workload workload,
        IndexPlan indexPlan) {

    public Project {
        states = List.copyOf(states);
        if (states.isEmpty()) {
            throw new IllegalArgumentException("a project has at least one state");
        }
    }

    /** The state that the migrations build. */
    public State firstState() {
        return states.get(0);
    }

    /** The state of that name. */
    public Optional<State> state(String name) {
        return states.stream().filter(state -> state.name().equals(name)).findFirst();
    }

    /** Cases of all queries and jobs. */
    public int caseCount() {
        return workload.statements().stream()
                .mapToInt(query -> query.cases().size())
                .sum();
    }
}
