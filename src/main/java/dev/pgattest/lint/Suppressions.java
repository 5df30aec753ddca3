package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comments {@code -- pgattest:allow rule-id: reason}. One that stands before a statement, in it, or behind it on its last line allows
 * the statement; {@code pgattest:allow-file} allows the whole file.
 */
final class Suppressions {

    private static final Pattern COMMENT = Pattern.compile(
            "(?s)(?:--|/\\*)\\s*pgattest:(allow-file|allow)\\b[ \\t]*([^:*\\n]*)(?::\\s*(.*?))?\\s*(?:\\*/)?\\s*");

    private final List<Suppression> all = new ArrayList<>();

    private Suppressions() {}

    /**
     * One rule that one comment allows.
     *
     * @param rule the rule's id as written
     * @param reason empty when there is none; it then allows nothing
     * @param start index of the comment
     * @param end index after it
     * @param from first index of what it covers
     * @param to index after the last one
     */
    record Suppression(String rule, String reason, int start, int end, int from, int to) {
        boolean covers(Finding finding) {
            int at = finding.range().start();
            return !reason.isEmpty() && rule.equals(finding.rule()) && from <= at && at < to;
        }
    }

    /** The suppressions of a file, whose statements lie at these ranges, in order. */
    static Suppressions of(SqlFile file, SqlTokens tokens, List<int[]> statements) {
        Suppressions suppressions = new Suppressions();
        for (SqlToken token : tokens.list()) {
            if (token.kind() == Kind.LINE_COMMENT || token.kind() == Kind.BLOCK_COMMENT) {
                Matcher matcher = COMMENT.matcher(token.text(file.text()));
                if (matcher.matches()) {
                    suppressions.add(file.text(), token, matcher, statements);
                }
            }
        }
        return suppressions;
    }

    List<Suppression> all() {
        return List.copyOf(all);
    }

    private void add(String text, SqlToken comment, Matcher matcher, List<int[]> statements) {
        int[] covered = matcher.group(1).equals("allow-file")
                ? new int[] {0, text.length() + 1}
                : covered(text, comment, statements);
        String reason = matcher.group(3) == null ? "" : matcher.group(3).strip();
        String rules = matcher.group(2).strip();
        for (String rule : rules.isEmpty() ? new String[] {""} : rules.split("[,\\s]+")) {
            all.add(new Suppression(rule, reason, comment.start(), comment.end(), covered[0], covered[1]));
        }
    }

    /** The statement that a comment belongs to; nothing when there is none. */
    private static int[] covered(String text, SqlToken comment, List<int[]> statements) {
        int[] before = {0, 0};
        for (int[] statement : statements) {
            boolean inside = statement[0] <= comment.start() && comment.start() < statement[1];
            if (inside) {
                return new int[] {statement[0], statement[1] + 1};
            }
            if (statement[0] > comment.start()) {
                return before[1] > 0 ? before : new int[] {statement[0], statement[1] + 1};
            }
            boolean onLastLine = text.substring(statement[1], comment.start()).indexOf('\n') < 0;
            before = onLastLine ? new int[] {statement[0], statement[1] + 1} : before;
        }
        return before;
    }
}
