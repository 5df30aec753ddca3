package dev.pgattest.sql;

import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL 18's grammar. Safe for any number of threads; as many as there are processors parse at the same time. Nothing is loaded
 * before the first text is parsed, and parsers are given up when the memory is needed.
 */
public final class Grammar {

    private static final String REMEDY = "Correct the statement; this is how far PostgreSQL 18 can read it.";
    private static final SyntaxError TOO_DEEP = new SyntaxError("the SQL is nested too deeply to be parsed", REMEDY, 0);

    /** Trees nest a few levels for every level of the expression; the default of the JSON library is made for less. */
    private static final int DEEPEST_TREE = 20_000;

    private static final ParserPool PARSERS = new ParserPool();

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
        Optional<LibpgQueryModule.Answer> answered = PARSERS.answer(sql, LibpgQueryModule::parse);
        if (answered.isEmpty()) {
            return TOO_DEEP;
        }
        LibpgQueryModule.Answer answer = answered.get();
        String tree = answer.tree();
        if (tree == null) {
            return new SyntaxError(answer.message(), REMEDY, offset(sql, answer.character()));
        }
        return json(tree).<ParseResult>map(json -> new SyntaxTree(sql, json)).orElse(TOO_DEEP);
    }

    /**
     * Parses the bodies in PL/pgSQL of the {@code do}, {@code create function} and {@code create procedure} statements of a text.
     * Other statements and bodies in other languages are passed over, after the text as a whole was parsed as SQL.
     */
    public static PlpgsqlResult plpgsql(String sql) {
        ParseResult parsed = parse(sql);
        if (parsed instanceof SyntaxTree tree) {
            return new Plpgsql(statement -> PARSERS.answer(statement, LibpgQueryModule::plpgsql), Grammar::json)
                    .parse(tree);
        }
        return (SyntaxError) parsed;
    }

    /** Size of the idle parsers' memories in pages of 64 KiB; 0 when there is none. */
    static int memoryPages() {
        return PARSERS.memoryPages();
    }

    /** The server counts characters from 1; 0 means that it names no place. */
    private static int offset(String sql, int character) {
        int characters = sql.codePointCount(0, sql.length());
        return sql.offsetByCodePoints(0, Math.min(Math.max(character - 1, 0), characters));
    }

    /** Empty when it is too deep. */
    private static Optional<JsonNode> json(String tree) {
        try {
            return Optional.of(Json.MAPPER.readTree(tree));
        } catch (StreamConstraintsException e) {
            return Optional.empty();
        }
    }

    /** Loaded with the first tree. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST_TREE)
                                .maxStringLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                .nodeFactory(new CompactNodes())
                .build();
    }
}
