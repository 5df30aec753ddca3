package dev.pgattest.lint;

import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SqlTokens;
import java.util.Arrays;
import java.util.List;

/** What stands around the statements of a file, so that another statement can be put beside one without parting it from its comments. */
final class Surroundings {

    private static final String ALLOW = "pgattest:allow";

    private final int[] starts;

    /** Where the comments above each statement begin; its own beginning when there are none. */
    private final int[] above;

    /** Index after the semicolon of each statement and the comments behind it on its line; negative where no semicolon is. */
    private final int[] behind;

    private final int lastConcurrently;

    private Surroundings(int[] starts, int[] above, int[] behind, int lastConcurrently) {
        this.starts = starts;
        this.above = above;
        this.behind = behind;
        this.lastConcurrently = lastConcurrently;
    }

    static Surroundings of(SqlTokens tokens, List<SqlStatement> statements) {
        int count = statements.size();
        int[] starts = new int[count];
        int[] above = new int[count];
        int[] behind = new int[count];
        int concurrently = -1;
        int token = 0;
        List<SqlToken> list = tokens.list();
        for (int index = 0; index < count; index++) {
            SqlStatement statement = statements.get(index);
            starts[index] = statement.start();
            int gap = token;
            while (list.get(token).start() < statement.start()) {
                token++;
            }
            above[index] = above(tokens.sql(), list.subList(gap, token), statement.start());
            while (token < list.size() && list.get(token).end() <= statement.end()) {
                concurrently = isConcurrently(tokens.sql(), list.get(token)) ? statement.start() : concurrently;
                token++;
            }
            int last = behind(tokens.sql(), list, token);
            behind[index] = last < 0 ? -1 : list.get(last).end();
            token = Math.max(token, last + 1);
        }
        return new Surroundings(starts, above, behind, concurrently);
    }

    private static boolean isConcurrently(String sql, SqlToken token) {
        return token.kind() == Kind.WORD && token.text(sql).equalsIgnoreCase("concurrently");
    }

    /** Comments that stand directly above, and those that allow something in it. */
    private static int above(String sql, List<SqlToken> gap, int statement) {
        int start = statement;
        boolean direct = true;
        for (int index = gap.size() - 1; index >= 0; index--) {
            SqlToken token = gap.get(index);
            String text = token.text(sql);
            boolean comment = token.kind() == Kind.LINE_COMMENT || token.kind() == Kind.BLOCK_COMMENT;
            if (token.kind() == Kind.WHITESPACE) {
                direct &= text.indexOf('\n') == text.lastIndexOf('\n');
            } else if (!comment || FileParts.isForTool(text)) {
                break;
            } else if (direct || text.contains(ALLOW)) {
                start = token.start();
            }
        }
        return start;
    }

    /** The last token of the semicolon and the comments behind it in the same line; negative when there is no semicolon. */
    private static int behind(String sql, List<SqlToken> list, int from) {
        int semicolon = from;
        while (semicolon < list.size()
                && list.get(semicolon).kind().isBlank()
                && list.get(semicolon).kind() != Kind.META_COMMAND) {
            semicolon++;
        }
        if (semicolon >= list.size() || list.get(semicolon).kind() != Kind.SEMICOLON) {
            return -1;
        }
        int last = semicolon;
        for (int index = semicolon + 1; index < list.size(); index++) {
            Kind kind = list.get(index).kind();
            if (kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT) {
                last = index;
            } else if (kind != Kind.WHITESPACE || list.get(index).text(sql).indexOf('\n') >= 0) {
                break;
            }
        }
        return last;
    }

    /** Puts statements, with a semicolon and a line feed at their end, before one of the file and the comments that belong to it. */
    Edit before(Statement statement, String sql) {
        int index = Arrays.binarySearch(starts, statement.start());
        return Edit.insert(index < 0 ? statement.start() : above[index], sql);
    }

    /** Puts a statement, without a semicolon, behind one of the file and the comments that belong to it. */
    Edit behind(Statement statement, String sql) {
        int index = Arrays.binarySearch(starts, statement.start());
        return index < 0 || behind[index] < 0
                ? Edit.insert(statement.end(), ";\n" + sql)
                : Edit.insert(behind[index], "\n" + sql + ";");
    }

    /** Whether a statement of the file behind this one works concurrently. */
    boolean worksConcurrentlyBehind(Statement statement) {
        return lastConcurrently > statement.start();
    }
}
