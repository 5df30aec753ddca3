package dev.pgattest.lint;

import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SqlToken.Kind;
import dev.pgattest.sql.SqlTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a file by the comments of tools that keep both directions of a change in one: dbmate ({@code -- migrate:up}), goose
 * ({@code -- +goose Up}) and sql-migrate ({@code -- +migrate Up}). All three wrap a part in a transaction unless a comment says
 * otherwise.
 */
final class FileParts {

    private static final Pattern MARK = Pattern.compile(
            "--\\s*(?:(migrate):|\\+(goose|migrate)\\s+)(up|down)\\b(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern GOOSE_UNWRAPPED =
            Pattern.compile("--\\s*\\+goose\\s+no\\s+transaction\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ROLLBACK = Pattern.compile("(rollback|abort)\\b", Pattern.CASE_INSENSITIVE);

    /** Comments that a tool reads, so that nothing may come between them and what is above. */
    private static final Pattern TOOLS = Pattern.compile(
            "--\\s*(?:\\+(?:goose|migrate)\\b|migrate:|(?:changeset|liquibase|rollback|preconditions?)\\b).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileParts() {}

    /** Where a direction begins. */
    private record Mark(int at, boolean undo, boolean wrapped, String unwrapping) {}

    /** The parts in order, at least one; {@code wrapped} is what the project says of files without such comments. */
    static List<Part> of(SqlFile file, SqlTokens tokens, List<SqlStatement> statements, boolean wrapped) {
        List<Mark> marks = marks(file, tokens);
        if (marks.isEmpty()) {
            boolean undo = MigrationName.of(file.path()).undo();
            return List.of(new Part(0, Integer.MAX_VALUE, undo, wrapped, rollsBack(statements), ""));
        }
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < marks.size(); index++) {
            Mark mark = marks.get(index);
            int from = index == 0 ? 0 : mark.at();
            int to = index + 1 == marks.size()
                    ? Integer.MAX_VALUE
                    : marks.get(index + 1).at();
            parts.add(new Part(from, to, mark.undo(), mark.wrapped(), rollsBack(statements), mark.unwrapping()));
        }
        return List.copyOf(parts);
    }

    private static boolean rollsBack(List<SqlStatement> statements) {
        return statements.stream()
                .anyMatch(each -> ROLLBACK.matcher(each.text()).lookingAt());
    }

    /** Whether a comment is meant for a migration tool. */
    static boolean isForTool(String comment) {
        return TOOLS.matcher(comment).matches();
    }

    private static List<Mark> marks(SqlFile file, SqlTokens tokens) {
        List<String> comments = new ArrayList<>();
        List<SqlToken> places = new ArrayList<>();
        for (SqlToken token : tokens.list()) {
            if (token.kind() == Kind.LINE_COMMENT) {
                String comment = token.text(file.text());
                if (isForTool(comment)) {
                    comments.add(comment);
                    places.add(token);
                }
            }
        }
        boolean gooseUnwrapped =
                comments.stream().anyMatch(each -> GOOSE_UNWRAPPED.matcher(each).matches());
        List<Mark> marks = new ArrayList<>();
        for (int index = 0; index < comments.size(); index++) {
            Matcher matcher = MARK.matcher(comments.get(index));
            if (matcher.matches()) {
                marks.add(mark(matcher, places.get(index).start(), gooseUnwrapped));
            }
        }
        return marks;
    }

    private static Mark mark(Matcher matcher, int at, boolean gooseUnwrapped) {
        boolean undo = matcher.group(3).equalsIgnoreCase("down");
        String direction = matcher.group(3);
        String rest = matcher.group(4).toLowerCase(Locale.ROOT);
        if (matcher.group(1) != null) {
            boolean wrapped = !rest.replace(" ", "").contains("transaction:false");
            return new Mark(at, undo, wrapped, "-- migrate:" + direction + " transaction:false");
        }
        if (matcher.group(2).equalsIgnoreCase("goose")) {
            return new Mark(at, undo, !gooseUnwrapped, "-- +goose NO TRANSACTION");
        }
        return new Mark(at, undo, !rest.contains("notransaction"), "-- +migrate " + direction + " notransaction");
    }
}
