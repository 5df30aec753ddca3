package dev.pgattest.deploy;

import dev.pgattest.deploy.BuildProgress.Blocker;
import dev.pgattest.sql.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment did.
 *
 * @param plan that was carried out
 * @param run when, where and how it ended
 * @param preflight what was looked at before
 * @param steps one for each step of the plan, in order
 * @param sizes of the indexes that the steps touch, before and after
 * @param queries how the queries of the project were planned before and after
 * @param left what is not as it should be afterwards, in words
 */
public record CompletionReport(
        DeploymentPlan plan,
        Run run,
        List<PreflightItem> preflight,
        List<StepOutcome> steps,
        List<IndexSize> sizes,
        List<QueryChange> queries,
        List<String> left) {

    public CompletionReport {
        preflight = List.copyOf(preflight);
        steps = List.copyOf(steps);
        sizes = List.copyOf(sizes);
        queries = List.copyOf(queries);
        left = List.copyOf(left);
    }

    /**
     * When, where and how.
     *
     * @param deployment its number in the journal; null when the journal does not have it as done
     * @param database name of the database
     * @param settings of the server that matter, its version first
     * @param begunAt before the first step
     * @param endedAt after the last one
     * @param failure why it did not end well; empty when it did
     */
    public record Run(
            @Nullable Long deployment,
            String database,
            Map<String, String> settings,
            Instant begunAt,
            Instant endedAt,
            String failure) {

        public Run {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }

        /** From the first step to the last. */
        public Duration elapsed() {
            return Duration.between(begunAt, endedAt);
        }
    }

    /** What became of a step. */
    public enum Result {
        DONE("done"),
        /** It was done before. */
        FOUND("done before"),
        FAILED("failed"),
        /** It was not begun. */
        OPEN("not begun");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }

    /**
     * A step and what became of it.
     *
     * @param step of the plan
     * @param result what became of it
     * @param elapsed how long it took; null when it was not done now
     * @param retries why it was tried again, in order
     * @param blockers the sessions that it waited for, each as it was last seen
     */
    public record StepOutcome(
            Step step, Result result, @Nullable Duration elapsed, List<String> retries, List<Blocker> blockers) {

        public StepOutcome {
            retries = List.copyOf(retries);
            blockers = List.copyOf(blockers);
        }
    }

    /**
     * The size of an index; null where there is none.
     *
     * @param index its name
     */
    public record IndexSize(
            QualifiedName index,
            @Nullable Long before,
            @Nullable Long after) {}

    /**
     * How a case of a query is planned.
     *
     * @param query name of the query
     * @param caseName name of the case
     * @param mode plan mode
     * @param before the deployment
     * @param after the deployment
     */
    public record QueryChange(String query, String caseName, String mode, CasePlan before, CasePlan after) {

        /** Whether the plan is another one; false when one of them is not known. */
        public boolean isChanged() {
            return before.refusal().isEmpty()
                    && after.refusal().isEmpty()
                    && !before.shape().equals(after.shape());
        }
    }

    /**
     * One plan.
     *
     * @param shape one node a line; empty when there is no plan
     * @param cost as the planner estimates it; null when there is no plan
     * @param refusal why there is no plan; empty when there is one
     */
    public record CasePlan(List<String> shape, @Nullable Double cost, String refusal) {

        public CasePlan {
            shape = List.copyOf(shape);
        }

        /** The planner's cost. */
        public Optional<Double> estimatedCost() {
            return Optional.ofNullable(cost);
        }
    }
}
