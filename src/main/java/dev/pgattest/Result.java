package dev.pgattest;

import java.util.List;
import java.util.function.Function;

/**
 * What reading an input gives: the value, or every problem that stands in its way.
 *
 * @param <T> what was read
 */
public sealed interface Result<T> {

    /** The input was right. */
    record Read<T>(T value) implements Result<T> {}

    /**
     * The input was wrong.
     *
     * @param problems at least one, sorted, without repetition
     */
    record Rejected<T>(List<Problem> problems) implements Result<T> {
        public Rejected {
            problems = problems.stream().distinct().sorted().toList();
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a rejection needs a problem");
            }
        }
    }

    /** The value of an input that was right. */
    static <T> Result<T> of(T value) {
        return new Read<>(value);
    }

    /** An input that was wrong in at least one way. */
    static <T> Result<T> rejected(List<Problem> problems) {
        return new Rejected<>(problems);
    }

    /** An input that was wrong in one way. */
    static <T> Result<T> rejected(Problem problem) {
        return new Rejected<>(List.of(problem));
    }

    /** What is wrong; empty when the value was read. */
    default List<Problem> problems() {
        return this instanceof Rejected<T> rejected ? rejected.problems() : List.of();
    }

    /**
     * The value.
     *
     * @throws PgattestException with every problem when the input was wrong
     */
    default T orThrow() {
        if (this instanceof Read<T> read) {
            return read.value();
        }
        throw PgattestException.badInput(problems());
    }

    /** What {@code next} makes of the value; the same problems when there is none. */
    default <R> Result<R> then(Function<? super T, Result<R>> next) {
        return this instanceof Read<T> read ? next.apply(read.value()) : new Rejected<>(problems());
    }
}
