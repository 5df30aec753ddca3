package dev.pgattest.audit;

import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text of a routine, word by word: enough to see which names stand in it, in any language that looks like SQL.
 *
 * @param routine whose text it is
 * @param words its words without spaces and comments
 */
record RoutineText(RoutineFacts routine, List<String> words) {

    private static final Set<String> BEFORE_TABLES = Set.of("from", "join");

    static RoutineText of(RoutineFacts routine) {
        String text = routine.body().source();
        List<String> words = SqlLexer.tokens(text).list().stream()
                .filter(token -> !Set.of(
                                SqlToken.Kind.WHITESPACE, SqlToken.Kind.LINE_COMMENT, SqlToken.Kind.BLOCK_COMMENT)
                        .contains(token.kind()))
                .map(token -> token.kind() == SqlToken.Kind.WORD
                        ? token.text(text).toLowerCase(Locale.ROOT)
                        : token.text(text))
                .toList();
        return new RoutineText(routine, words);
    }

    /** Whether it finds a table by the search_path of its caller, where temporary tables come first. */
    boolean readsByPath() {
        if (!routine.isBoundLate()) {
            return false;
        }
        String path = routine.searchPath().orElse(null);
        boolean safe = path != null && (path.equals("\"\"") || path.equals("''") || path.contains("pg_temp"));
        return !safe && readsUnqualified();
    }

    private boolean readsUnqualified() {
        for (int index = 0; index + 1 < words.size(); index++) {
            String name = words.get(index + 1);
            boolean table = BEFORE_TABLES.contains(words.get(index))
                    && !at(index - 1).equals("distinct")
                    && !at(index - 3).equals("extract")
                    && (name.startsWith("\"") || Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                    && !Set.of("select", "lateral", "unnest", "strict", "only").contains(name);
            String next = at(index + 2);
            if (table && !next.equals(".") && !next.equals("(")) {
                return true;
            }
        }
        return false;
    }

    private String at(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /** The relations of these whose names stand in it. */
    Set<String> mentioned(Collection<Relation> relations) {
        Set<String> all = Set.copyOf(words);
        return relations.stream()
                .filter(relation -> all.contains(relation.name().name())
                        || all.contains("\"" + relation.name().name() + "\""))
                .map(relation -> relation.name().sql())
                .collect(Collectors.toSet());
    }

    /** Whether it builds statements while it runs. */
    boolean isDynamic() {
        return routine.body().language().equals("plpgsql") && words.contains("execute");
    }

    /** Whether a text stands in it. */
    boolean contains(String text) {
        return routine.body().source().contains(text);
    }
}
