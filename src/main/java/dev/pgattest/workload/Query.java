package dev.pgattest.workload;

import java.util.List;

/**
 * A named statement with what it is for and how it is judged. A job has the same shape.
 *
 * @param name unique in the workload, ignoring case
 * @param statement what runs and as whom
 * @param purpose why it exists and who answers for it
 * @param load how often it runs
 * @param expectation what a reviewer expects of its plan
 * @param cases in declared order; none only below {@link Priority#P0}
 */
public record Query(
        String name, Statement statement, Purpose purpose, Load load, Expectation expectation, List<Case> cases) {

    public Query {
        cases = List.copyOf(cases);
    }
}
