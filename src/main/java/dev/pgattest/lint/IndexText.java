package dev.pgattest.lint;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The text of a {@code CREATE INDEX}, edited. */
final class IndexText {

    private static final Set<String> BEFORE_NAME = Set.of("concurrently", "if", "not", "exists");

    private IndexText() {}

    /** The name of the index, or the one that PostgreSQL chooses. */
    static String name(ParseNode create) {
        return create.text("idxname").isEmpty() ? ConstraintNames.ofIndex(create) : create.text("idxname");
    }

    /** Without {@code IF NOT EXISTS}. */
    static String withoutIfNotExists(Statement create) {
        List<SqlToken> words = create.words();
        int name = nameAt(create);
        return Edit.apply(
                create.text(),
                List.of(new Edit(words.get(name - 3).start(), words.get(name).start(), "")));
    }

    /** The name as the statement writes it, placeholders of migration tools included. */
    static String writtenName(Statement create) {
        List<SqlToken> words = create.words();
        int first = nameAt(create);
        int last = first;
        while (!words.get(last + 1).text(create.text()).equalsIgnoreCase("on")) {
            last++;
        }
        return create.text().substring(words.get(first).start(), words.get(last).end());
    }

    /** The table's name as the statement writes it. */
    static String table(Statement create) {
        return create.text().substring(tableAt(create), definitionAt(create)).strip();
    }

    /** What stands behind the table's name, with the blank before it. */
    static String definition(Statement create) {
        return " " + create.text().substring(definitionAt(create)).strip();
    }

    /** The keys as expressions, without operator classes, collations and directions; empty when the text is not what was expected. */
    static List<String> keys(Statement create) {
        List<ParseNode> elements = create.node().list("indexParams");
        List<SqlToken> words = create.words();
        int open = 0;
        while (open < words.size()
                && (words.get(open).start() < tableAt(create)
                        || words.get(open).kind() != SqlToken.Kind.OPEN_PARENTHESIS)) {
            open++;
        }
        List<String> keys = new ArrayList<>();
        int first = open + 1;
        int depth = 0;
        for (int index = first; index < words.size() && depth >= 0; index++) {
            SqlToken.Kind kind = words.get(index).kind();
            depth += kind == SqlToken.Kind.OPEN_PARENTHESIS ? 1 : kind == SqlToken.Kind.CLOSE_PARENTHESIS ? -1 : 0;
            boolean ends = depth < 0
                    || (depth == 0 && words.get(index).text(create.text()).equals(","));
            if (ends && keys.size() < elements.size()) {
                keys.add(key(create, words.subList(first, index), elements.get(keys.size())));
                first = index + 1;
            }
        }
        return keys.size() == elements.size() ? List.copyOf(keys) : List.of();
    }

    /** A column, an expression in parentheses, or a call up to the end of its arguments. */
    private static String key(Statement create, List<SqlToken> words, ParseNode element) {
        if (!element.text("name").isEmpty()) {
            return Identifier.quote(element.text("name"));
        }
        int depth = 0;
        int last = 0;
        for (int index = 0; index < words.size(); index++) {
            SqlToken.Kind kind = words.get(index).kind();
            depth += kind == SqlToken.Kind.OPEN_PARENTHESIS ? 1 : kind == SqlToken.Kind.CLOSE_PARENTHESIS ? -1 : 0;
            last = index;
            if (kind == SqlToken.Kind.CLOSE_PARENTHESIS && depth == 0) {
                break;
            }
        }
        return create.text().substring(words.get(0).start(), words.get(last).end());
    }

    /** What stands behind WHERE; empty for an index of all rows. */
    static Optional<String> predicate(Statement create) {
        if (!create.node().has("whereClause")) {
            return Optional.empty();
        }
        int depth = 0;
        for (SqlToken word : create.words()) {
            SqlToken.Kind kind = word.kind();
            depth += kind == SqlToken.Kind.OPEN_PARENTHESIS ? 1 : kind == SqlToken.Kind.CLOSE_PARENTHESIS ? -1 : 0;
            if (depth == 0 && word.text(create.text()).equalsIgnoreCase("where")) {
                return Optional.of(create.text().substring(word.end()).strip());
            }
        }
        return Optional.empty();
    }

    private static int tableAt(Statement create) {
        return create.offset(create.node().child("relation")) - create.start();
    }

    private static int definitionAt(Statement create) {
        return create.words().stream()
                .filter(word -> word.start() > tableAt(create))
                .filter(word -> word.kind() == SqlToken.Kind.OPEN_PARENTHESIS
                        || word.text(create.text()).equalsIgnoreCase("using"))
                .map(SqlToken::start)
                .findFirst()
                .orElse(create.text().length());
    }

    /** With another name; the statement has one. */
    static String named(Statement create, String name) {
        SqlToken old = create.words().get(nameAt(create));
        return Edit.apply(create.text(), List.of(new Edit(old.start(), old.end(), name)));
    }

    /** The word where the name stands, or ON when there is none. */
    private static int nameAt(Statement create) {
        List<SqlToken> words = create.words();
        int at = 0;
        while (!words.get(at).text(create.text()).equalsIgnoreCase("index")) {
            at++;
        }
        at++;
        while (BEFORE_NAME.contains(words.get(at).text(create.text()).toLowerCase(Locale.ROOT))) {
            at++;
        }
        return at;
    }
}
