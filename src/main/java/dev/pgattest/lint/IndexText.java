package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlToken;
import java.util.List;
import java.util.Locale;
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
