package dev.pgattest.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The form of a plan without its figures: equal for two runs of one plan, different when a node, an index or their order differs.
 * Costs, rows, times, conditions, parameters and worker counts are left out.
 *
 * @param lines one node a line as {@link PlanNode#label()}, indented by two spaces a level, named sub plans with their name
 */
public record PlanShape(List<String> lines) {

    /** PostgreSQL 17 stopped printing which parameters an init plan returns. */
    private static final Pattern RETURNS = Pattern.compile(" \\(returns [^)]*\\)");

    public PlanShape {
        lines = List.copyOf(lines);
    }

    /** The shape of {@code plan}. */
    public static PlanShape of(ExplainOutput plan) {
        List<String> lines = new ArrayList<>();
        add(plan.root(), 0, lines);
        return new PlanShape(lines);
    }

    /** The lines, each ended by a line feed. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /** SHA-256 of {@link #text()} in UTF-8, 64 hexadecimal digits. */
    public String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(PlanNode node, int depth, List<String> lines) {
        String subplan = node.text(PlanKey.SUBPLAN_NAME)
                .map(name -> RETURNS.matcher(name).replaceAll("") + ": ")
                .orElse("");
        lines.add("  ".repeat(depth) + subplan + node.label());
        node.children().forEach(child -> add(child, depth + 1, lines));
    }
}
