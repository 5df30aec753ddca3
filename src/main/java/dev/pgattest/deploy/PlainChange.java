package dev.pgattest.deploy;

import java.util.List;
import java.util.regex.Pattern;

/** What a plan's steps are without the care: indexes built and dropped with the table locked, no timeouts, no second try. */
public final class PlainChange {

    private static final Pattern CONCURRENTLY = Pattern.compile(
            "^((?:create\\s+(?:unique\\s+)?|drop\\s+)index)\\s+concurrently\\b", Pattern.CASE_INSENSITIVE);

    private PlainChange() {}

    /**
     * The statements that do the same as a plan.
     *
     * @return for each step in order what is one transaction, or statements that stand alone
     */
    public static List<Part> of(DeploymentPlan plan) {
        return plan.steps().stream()
                .map(step -> new Part(
                        step.kind().isTransactional(),
                        step.statements().stream().map(PlainChange::plain).toList()))
                .toList();
    }

    /**
     * What a step does.
     *
     * @param transactional whether its statements are one transaction
     */
    public record Part(boolean transactional, List<String> statements) {

        public Part {
            statements = List.copyOf(statements);
        }
    }

    private static String plain(String statement) {
        return CONCURRENTLY.matcher(statement).replaceFirst("$1");
    }
}
