package dev.pgattest.sql;

import com.dylibso.chicory.wasm.ChicoryException;
import java.lang.ref.SoftReference;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL 18's grammar. Safe for any number of threads, which take turns: a parser holds 33 MiB, and a statement takes
 * milliseconds. Nothing is loaded before the first text is parsed, and the parser is given up when the memory is needed.
 */
public final class Grammar {

    private static final String REMEDY = "Correct the statement; this is how far PostgreSQL 18 can read it.";

    /** Trees nest a few levels for every level of the expression; the default of the JSON library is made for less. */
    private static final int DEEPEST_TREE = 20_000;

    /**
     * An error jumps out of the parser in the middle, past frames of the interpreter that are then never popped. A new parser now and
     * then keeps them from piling up.
     */
    private static final int ERRORS_PER_PARSER = 256;

    /** 48 MiB: a parser that a very long text has made larger is not kept. */
    private static final int LARGEST_KEPT_PAGES = 768;

    private static final Object TURN = new Object();
    private static SoftReference<LibpgQueryModule> parser = new SoftReference<>(null);
    private static int errors;

    private Grammar() {}

    /**
     * Parses any number of statements, as the server would when it receives them in one message. {@code $1} parameters are part of
     * the grammar, {@code :named} ones are not (see {@link NamedSql}).
     */
    public static ParseResult parse(String sql) {
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            return new SyntaxError("the character U+0000 cannot stand in SQL", "Remove it.", nul);
        }
        LibpgQueryModule.Answer answer = answer(sql);
        String tree = answer.tree();
        if (tree == null) {
            return new SyntaxError(answer.message(), REMEDY, offset(sql, answer.character()));
        }
        return new SyntaxTree(sql, Json.MAPPER.readTree(tree));
    }

    /** Size of the parser's memory in pages of 64 KiB; 0 when there is no parser. */
    static int memoryPages() {
        synchronized (TURN) {
            LibpgQueryModule current = parser.get();
            return current == null ? 0 : current.memoryPages();
        }
    }

    private static LibpgQueryModule.Answer answer(String sql) {
        synchronized (TURN) {
            LibpgQueryModule kept = parser.get();
            LibpgQueryModule current = kept == null ? new LibpgQueryModule() : kept;
            // Forgotten until it answers: a parser that failed in the middle cannot be used again.
            parser = new SoftReference<>(null);
            try {
                LibpgQueryModule.Answer answer = current.parse(sql);
                keepIfFit(current, answer);
                return answer;
            } catch (ChicoryException | StackOverflowError e) {
                errors = 0;
                return new LibpgQueryModule.Answer(null, "the SQL is nested too deeply to be parsed", 0);
            }
        }
    }

    private static void keepIfFit(LibpgQueryModule current, LibpgQueryModule.Answer answer) {
        errors += answer.tree() == null ? 1 : 0;
        if (errors < ERRORS_PER_PARSER && current.memoryPages() <= LARGEST_KEPT_PAGES) {
            parser = new SoftReference<>(current);
        } else {
            errors = 0;
        }
    }

    /** The server counts characters from 1; 0 means that it names no place. */
    private static int offset(String sql, int character) {
        int characters = sql.codePointCount(0, sql.length());
        return sql.offsetByCodePoints(0, Math.min(Math.max(character - 1, 0), characters));
    }

    /** Loaded with the first tree. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST_TREE)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .build();
    }
}
