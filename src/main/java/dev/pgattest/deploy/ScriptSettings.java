package dev.pgattest.deploy;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings that a script has made for its session so far. */
final class ScriptSettings {

    /** How long a step may wait for a lock, the deployment decides. */
    private static final String LOCK_TIMEOUT = "lock_timeout";

    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Notes a {@code SET}. */
    void set(ParseNode node, String text) {
        // SET TRANSACTION and SET SESSION CHARACTERISTICS are of no use to transactions of our own.
        if (!node.text("kind").equals("VAR_SET_MULTI") && !name(node).equals(LOCK_TIMEOUT)) {
            byName.remove(name(node));
            byName.put(name(node), text);
        }
    }

    /** Notes a {@code RESET}. */
    void reset(ParseNode node) {
        if (node.text("kind").equals("VAR_RESET_ALL")) {
            // RESET ALL leaves the role.
            byName.keySet().removeIf(name -> !name.equals("role") && !name.equals("session_authorization"));
        } else {
            byName.remove(name(node));
        }
    }

    private static String name(ParseNode node) {
        return node.text("name").toLowerCase(Locale.ROOT);
    }

    /** The statements that make them, in order. */
    List<String> inForce() {
        return List.copyOf(byName.values());
    }

    /** {@code SET LOCAL} for {@code SET}, so that the setting ends with the transaction. */
    static String local(String set) {
        List<SqlToken> words = SqlLexer.tokens(set).list().stream()
                .filter(token -> !token.kind().isBlank())
                .toList();
        int rest = words.get(0).end();
        boolean named = words.size() > 2
                && word(set, words.get(1)).equals("session")
                && !word(set, words.get(2)).equals("authorization");
        if (named) {
            rest = words.get(1).end();
        }
        return "set local" + set.substring(rest);
    }

    private static String word(String text, SqlToken token) {
        return token.text(text).toLowerCase(Locale.ROOT);
    }
}
