package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.PgattestException;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call throws. */
final class Failures {

    private Failures() {}

    static PgattestException of(ThrowingCallable call) {
        return of(PgattestException.class, call);
    }

    static <T extends Throwable> T of(Class<T> type, ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(type, call), "nothing was thrown");
    }
}
