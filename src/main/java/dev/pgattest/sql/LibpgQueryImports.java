package dev.pgattest.sql;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Arrays;
import java.util.Map;

/**
 * What libpg_query asks of the program around it: Emscripten's replacement for {@code setjmp}, more memory, and system calls that a
 * parser makes only to say that it gives up. The letters are those of {@code wasmImports} in the package's loader.
 */
final class LibpgQueryImports {

    private static final String STACK_RESTORE = "Q";
    private static final String STACK_SAVE = "R";
    private static final String SET_THREW = "P";

    private static final int BAD_FILE_DESCRIPTOR = 8;
    private static final long LARGEST_MEMORY_BYTES = 1L << 30;
    private static final long[] NOTHING = {};

    private static final Map<String, WasmFunctionHandle> HANDLES = Map.ofEntries(
            Map.entry("c", (instance, arguments) -> giveUp()), // __assert_fail
            Map.entry("x", (instance, arguments) -> giveUp()), // _abort_js
            Map.entry("m", (instance, arguments) -> giveUp()), // exit
            Map.entry("v", (instance, arguments) -> giveUp()), // proc_exit
            Map.entry("p", (instance, arguments) -> throwLongJump()), // _emscripten_throw_longjmp
            Map.entry("q", LibpgQueryImports::resizeHeap), // emscripten_resize_heap
            Map.entry("t", LibpgQueryImports::discardOutput), // fd_write
            Map.entry("r", (instance, arguments) -> new long[] {BAD_FILE_DESCRIPTOR}), // fd_read
            Map.entry("s", (instance, arguments) -> new long[] {BAD_FILE_DESCRIPTOR}), // fd_seek
            Map.entry("u", (instance, arguments) -> new long[] {0}), // fd_close
            Map.entry("o", (instance, arguments) -> new long[] {0}), // _setitimer_js
            Map.entry("w", (instance, arguments) -> NOTHING)); // _emscripten_runtime_keepalive_clear

    private LibpgQueryImports() {}

    /** The module's imports; every import without an entry in the table is one of the {@code invoke_} functions. */
    static ImportValues of(WasmModule module) {
        ImportValues.Builder imports = ImportValues.builder();
        for (int index = 0; index < module.importSection().importCount(); index++) {
            FunctionImport wanted = (FunctionImport) module.importSection().getImport(index);
            FunctionType type = module.typeSection().getType(wanted.typeIndex());
            WasmFunctionHandle handle = HANDLES.getOrDefault(wanted.name(), invoke(type));
            imports.addFunction(new HostFunction(wanted.module(), wanted.name(), type, handle));
        }
        return imports.build();
    }

    /**
     * Calls the function at an index of the table. When a long jump comes out of it, restores the stack and tells the caller,
     * which then finds out whether the jump was meant for it.
     */
    private static WasmFunctionHandle invoke(FunctionType type) {
        long[] none = new long[type.returns().size()];
        return (instance, arguments) -> {
            long stack = instance.export(STACK_SAVE).apply()[0];
            int function = instance.table(0).requiredRef((int) arguments[0]);
            try {
                return instance.getMachine().call(function, Arrays.copyOfRange(arguments, 1, arguments.length));
            } catch (LongJump jump) {
                instance.export(STACK_RESTORE).apply(stack);
                instance.export(SET_THREW).apply(1, 0);
                return none;
            }
        };
    }

    private static long[] throwLongJump() {
        throw new LongJump();
    }

    private static long[] giveUp() {
        throw new ChicoryException("the parser gave up");
    }

    private static long[] resizeHeap(Instance instance, long... arguments) {
        long wantedBytes = arguments[0] & 0xFFFF_FFFFL;
        Memory memory = instance.memory();
        int wantedPages = (int) ((wantedBytes + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE);
        boolean grown = wantedBytes <= LARGEST_MEMORY_BYTES && memory.grow(wantedPages - memory.pages()) >= 0;
        return new long[] {grown ? 1 : 0};
    }

    /** Says that everything was written; the arguments are descriptor, vectors, their count, where to put the number of bytes. */
    private static long[] discardOutput(Instance instance, long... arguments) {
        Memory memory = instance.memory();
        int bytes = 0;
        for (int vector = 0; vector < (int) arguments[2]; vector++) {
            bytes += memory.readInt((int) arguments[1] + 8 * vector + 4);
        }
        memory.writeI32((int) arguments[3], bytes);
        return new long[] {0};
    }

    /** C's {@code longjmp} on its way to the {@code setjmp} that catches it. */
    private static final class LongJump extends ChicoryException {
        private static final long serialVersionUID = 1L;

        LongJump() {
            super("longjmp");
        }

        /** It is control flow: nobody reads where it came from. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
