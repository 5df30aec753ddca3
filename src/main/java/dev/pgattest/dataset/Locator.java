package dev.pgattest.dataset;

import dev.pgattest.Problem;
import tools.jackson.core.JsonPointer;

/** Knows where in the user's file a part of the declaration stands. */
@FunctionalInterface
public interface Locator {

    /** For a declaration that was not read from a file: the message begins with the path. */
    Locator NOWHERE = (path, message, remedy) -> Problem.ofInput(path + ": " + message, remedy);

    /** A problem with the key or value at {@code path}. */
    Problem problem(JsonPointer path, String message, String remedy);
}
