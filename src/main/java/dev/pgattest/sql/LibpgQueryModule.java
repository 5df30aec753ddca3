package dev.pgattest.sql;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.nio.charset.StandardCharsets;
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

    /**
     * The module asks for 2048 pages (128 MiB) to begin with. Its data and its stack end at byte 34,515,008, which is in page 526;
     * the rest is room to allocate, and it asks for more when it needs more.
     */
    private static final int FIRST_PAGES = 528;

    /** 1 GiB, the limit that the package's own loader sets. */
    private static final int LARGEST_PAGES = 16_384;

    private static final int RESULT_TREE = 0;
    private static final int RESULT_ERROR = 8;
    private static final int ERROR_MESSAGE = 0;
    private static final int ERROR_CHARACTER = 16;

    private final Memory memory;
    private final ExportFunction malloc;
    private final ExportFunction free;
    private final ExportFunction parse;
    private final ExportFunction freeParseResult;

    LibpgQueryModule() {
        WasmModule module = LibpgQuery.load();
        Instance instance = Instance.builder(module)
                .withMachineFactory(LibpgQuery::create)
                .withMemoryFactory(ByteArrayMemory::new)
                .withMemoryLimits(new MemoryLimits(FIRST_PAGES, LARGEST_PAGES))
                .withImportValues(LibpgQueryImports.of(module))
                .build();
        memory = instance.memory();
        malloc = instance.export(MALLOC);
        free = instance.export(FREE);
        parse = instance.export(PARSE);
        freeParseResult = instance.export(FREE_PARSE_RESULT);
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
        int text = allocate(sql);
        int result = (int) parse.apply(text)[0];
        if (result == 0) {
            throw new OutOfMemoryError("the parser has no memory for a text of " + sql.length() + " characters");
        }
        Answer answer = answer(result);
        freeParseResult.apply(result);
        free.apply(text);
        return answer;
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
