package dev.pgattest.sql;

import com.dylibso.chicory.wasm.ChicoryException;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parsers that all threads share: as many as there are processors, four at most. One is made when all others are at work, and an
 * idle one is given up when the memory is needed.
 */
final class ParserPool {

    private static final int MOST_PARSERS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

    /** Of the thread that parses what the caller's stack is too small for: about as much as a full stack of the parser's own takes. */
    private static final long LARGE_STACK_BYTES = 16L << 20;

    private final Semaphore turns = new Semaphore(MOST_PARSERS);

    /** The one that was used last comes first, so that the others can be given up. */
    private final Deque<SoftReference<LibpgQueryModule>> idle = new ArrayDeque<>();

    /** What a parser answers to a text; empty when it is nested too deeply. */
    <T> Optional<T> answer(String text, BiFunction<LibpgQueryModule, String, T> question) {
        turns.acquireUninterruptibly();
        try {
            Optional<T> answer = attempt(text, question);
            return answer.isPresent() ? answer : attemptInLargeStack(text, question);
        } finally {
            turns.release();
        }
    }

    /** The size of the idle parsers' memories, in pages of 64 KiB. */
    synchronized int memoryPages() {
        return idle.stream()
                .map(SoftReference::get)
                .mapToInt(parser -> parser == null ? 0 : parser.memoryPages())
                .sum();
    }

    /** A parser that fails in the middle cannot be used again, so it goes back only when it has answered. */
    private <T> Optional<T> attempt(String text, BiFunction<LibpgQueryModule, String, T> question) {
        try {
            LibpgQueryModule taken = take();
            LibpgQueryModule parser = taken == null ? new LibpgQueryModule() : taken;
            T answer = question.apply(parser, text);
            if (parser.isFit()) {
                giveBack(parser);
            }
            return Optional.of(answer);
        } catch (ChicoryException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> attemptInLargeStack(String text, BiFunction<LibpgQueryModule, String, T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> attempt(text, question), ParserPool::runInLargeStack)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static void runInLargeStack(Runnable task) {
        Thread thread = new Thread(null, task, "pgattest-deep-parse", LARGE_STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized @Nullable LibpgQueryModule take() {
        while (!idle.isEmpty()) {
            LibpgQueryModule parser = idle.pop().get();
            if (parser != null) {
                return parser;
            }
        }
        return null;
    }

    private synchronized void giveBack(LibpgQueryModule parser) {
        idle.push(new SoftReference<>(parser));
    }
}
