package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Comments {@code -- pgattest:allow rule-id: reason}. One that stands before a statement, in it, or behind it on its last line allows
 * the statement, also in a body between dollars; {@code pgattest:allow-file} allows the whole file.
 */
final class Suppressions {

    private static final String ALLOW = "pgattest:allow";
    private static final Pattern COMMENT = Pattern.compile(
            "(?s)(?:--|/\\*)\\s*(pgattest:allow(?:-file)?)\\b[ \\t]*([^:*\\n]*)(?::\\s*(.*?))?\\s*(?:\\*/)?\\s*");

    private final SqlFile file;
    private final List<Suppression> all = new ArrayList<>();

    private Suppressions(SqlFile file) {
        this.file = file;
    }

    /**
     * One rule that one comment allows.
     *
     * @param word {@code pgattest:allow} or {@code pgattest:allow-file}
     * @param rule the rule's id as written
     * @param reason empty when there is none; it then allows nothing
     * @param start index of the comment
     * @param end index after it
     * @param from first index of what it covers
     * @param to index after the last one
     */
    record Suppression(String word, String rule, String reason, int start, int end, int from, int to) {
        boolean covers(Finding finding) {
            int at = finding.range().start();
            return !reason.isEmpty() && rule.equals(finding.rule()) && from <= at && at < to;
        }

        boolean isForFile() {
            return word.endsWith("-file");
        }
    }

    /** The suppressions of a file with these statements, in order. */
    static List<Suppression> of(SqlFile file, SqlTokens tokens, List<SqlStatement> statements) {
        Suppressions suppressions = new Suppressions(file);
        suppressions.read(tokens, 0, statements);
        return List.copyOf(suppressions.all);
    }

    /** Reads a text that begins at an index of the file. */
    private void read(SqlTokens tokens, int offset, List<SqlStatement> statements) {
        for (SqlToken token : tokens.list()) {
            if (token.kind() == Kind.LINE_COMMENT || token.kind() == Kind.BLOCK_COMMENT) {
                Matcher matcher = COMMENT.matcher(token.text(tokens.sql()));
                if (matcher.matches()) {
                    add(tokens.sql(), offset, token, matcher, statements);
                }
            } else if (token.kind() == Kind.DOLLAR_STRING) {
                body(token.text(tokens.sql()), offset + token.start());
            }
        }
    }

    private void body(String quoted, int start) {
        if (quoted.contains(ALLOW)) {
            int delimiter = quoted.indexOf('$', 1) + 1;
            String body = quoted.substring(delimiter, Math.max(delimiter, quoted.length() - delimiter));
            SqlTokens tokens = SqlLexer.tokens(body);
            read(tokens, start + delimiter, SqlScript.statements(tokens));
        }
    }

    private void add(String text, int offset, SqlToken comment, Matcher matcher, List<SqlStatement> statements) {
        String word = matcher.group(1);
        int[] covered = covered(text, comment, statements);
        int from = word.endsWith("-file") ? 0 : offset + covered[0];
        int to = word.endsWith("-file") ? file.text().length() + 1 : offset + covered[1];
        String reason = matcher.group(3) == null ? "" : matcher.group(3).strip();
        String rules = matcher.group(2).strip();
        for (String rule : rules.isEmpty() ? new String[] {""} : rules.split("[,\\s]+")) {
            all.add(new Suppression(word, rule, reason, offset + comment.start(), offset + comment.end(), from, to));
        }
    }

    /** The statement that a comment belongs to; nothing when there is none. */
    private static int[] covered(String text, SqlToken comment, List<SqlStatement> statements) {
        int next = firstBehind(comment.start(), statements);
        if (next > 0) {
            SqlStatement before = statements.get(next - 1);
            boolean inside = comment.start() < before.end();
            if (inside || text.substring(before.end(), comment.start()).indexOf('\n') < 0) {
                return range(before);
            }
        }
        return next < statements.size() ? range(statements.get(next)) : new int[] {0, 0};
    }

    private static int[] range(SqlStatement statement) {
        return new int[] {statement.start(), statement.end() + 1};
    }

    /** The first of the statements that begins behind a place. */
    private static int firstBehind(int place, List<SqlStatement> statements) {
        int low = 0;
        int high = statements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (statements.get(middle).start() <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
