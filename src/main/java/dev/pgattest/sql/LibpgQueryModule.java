package dev.pgattest.sql;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import libpgquery.LibpgQuery;
import org.jspecify.annotations.Nullable;

/**
 * One instance of libpg_query's WebAssembly module: a memory and the functions that work in it. Not safe for threads.
 *
 * <p>The names of the module's exports and imports are minified. They stand in {@code assignWasmExports} and {@code wasmImports} of
 * {@code wasm/libpg-query.js} in the npm package, change with every build of it, and hold for the version whose checksum
 * pom.xml pins. The layout of the results is in {@code pg_query.h} of libpg_query.
 */
final class LibpgQueryModule {

    private static final String CONSTRUCTORS = "A";
    private static final String MALLOC = "C";
    private static final String FREE = "E";
    private static final String PARSE = "F";
    private static final String FREE_PARSE_RESULT = "G";
    private static final String PARSE_PLPGSQL = "H";
    private static final String FREE_STRING = "N";

    /** 16 MiB: a parser that a very long text has made larger is not kept. It begins with 55 pages. */
    private static final int LARGEST_KEPT_PAGES = 256;

    /** An error jumps out of the parser in the middle. A new parser now and then keeps what it leaves behind from piling up. */
    private static final int ERRORS_PER_PARSER = 256;

    private static final int RESULT_TREE = 0;
    private static final int RESULT_ERROR = 8;
    private static final int ERROR_MESSAGE = 0;
    private static final int ERROR_CHARACTER = 16;

    private final Memory memory;
    private final ExportFunction malloc;
    private final ExportFunction free;
    private final ExportFunction parse;
    private final ExportFunction freeParseResult;
    private final ExportFunction parsePlpgsql;
    private final ExportFunction freeString;
    private int errors;

    LibpgQueryModule() {
        WasmModule module = LibpgQuery.load();
        Instance instance = Instance.builder(module)
                .withMachineFactory(LibpgQuery::create)
                .withMemoryFactory(ByteArrayMemory::new)
                .withImportValues(LibpgQueryImports.of(module))
                .build();
        memory = instance.memory();
        malloc = instance.export(MALLOC);
        free = instance.export(FREE);
        parse = instance.export(PARSE);
        freeParseResult = instance.export(FREE_PARSE_RESULT);
        parsePlpgsql = instance.export(PARSE_PLPGSQL);
        freeString = instance.export(FREE_STRING);
        instance.export(CONSTRUCTORS).apply();
    }

    /**
     * What the parser says.
     *
     * @param tree the tree in JSON, null when there is an error
     * @param message the error's text, empty when there is a tree
     * @param character the error's place, counted in characters from 1; 0 when unknown
     */
    record Answer(@Nullable String tree, String message, int character) {}

    Answer parse(String sql) {
        return ask(sql, parse, this::answer, freeParseResult);
    }

    /**
     * Parses the bodies in PL/pgSQL of all statements of a text, which must have one in a string each. The tree is an object with a list
     * {@code plpgsql_funcs}; errors have no place.
     */
    Answer plpgsql(String sql) {
        return ask(sql, parsePlpgsql, this::plpgsqlAnswer, freeString);
    }

    private Answer ask(String sql, ExportFunction question, IntFunction<Answer> reading, ExportFunction freeing) {
        int text = allocate(sql);
        int result = (int) question.apply(text)[0];
        if (result == 0) {
            throw new OutOfMemoryError("the parser has no memory for a text of " + sql.length() + " characters");
        }
        Answer answer = reading.apply(result);
        freeing.apply(result);
        free.apply(text);
        errors += answer.tree() == null ? 1 : 0;
        return answer;
    }

    /** Whether it should parse another text; a new one takes its place otherwise. */
    boolean isFit() {
        return errors < ERRORS_PER_PARSER && memory.pages() <= LARGEST_KEPT_PAGES;
    }

    int memoryPages() {
        return memory.pages();
    }

    private Answer answer(int result) {
        int error = memory.readInt(result + RESULT_ERROR);
        if (error == 0) {
            return new Answer(textAt(memory.readInt(result + RESULT_TREE)), "", 0);
        }
        return new Answer(null, textAt(memory.readInt(error + ERROR_MESSAGE)), memory.readInt(error + ERROR_CHARACTER));
    }

    /** A text is an object in JSON or a message. */
    private Answer plpgsqlAnswer(int result) {
        String text = textAt(result);
        return text.startsWith("{") ? new Answer(text, "", 0) : new Answer(null, text, 0);
    }

    private int allocate(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        int pointer = (int) malloc.apply(bytes.length + 1L)[0];
        if (pointer == 0) {
            throw new OutOfMemoryError("the parser has no memory for a text of " + bytes.length + " bytes");
        }
        memory.write(pointer, bytes);
        memory.writeByte(pointer + bytes.length, (byte) 0);
        return pointer;
    }

    private String textAt(int pointer) {
        int end = pointer;
        while (memory.read(end) != 0) {
            end++;
        }
        return new String(memory.readBytes(pointer, end - pointer), StandardCharsets.UTF_8);
    }
}
