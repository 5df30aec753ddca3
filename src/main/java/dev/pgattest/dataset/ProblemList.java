package dev.pgattest.dataset;

import dev.pgattest.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonPointer;

/** The problems found so far, each at its place in the user's file. */
final class ProblemList {

    private final Locator locator;
    private final List<Problem> problems = new ArrayList<>();

    ProblemList(Locator locator) {
        this.locator = locator;
    }

    void add(JsonPointer path, String message, String remedy) {
        problems.add(locator.problem(path, message, remedy));
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds that {@code name} is not among {@code known}. */
    void addUnknown(JsonPointer path, String what, String name, Collection<String> known) {
        String remedy = known.isEmpty() ? "there is none to name" : "write one of: " + String.join(", ", known);
        add(path, "unknown " + what + " '" + name + "'", remedy);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> sorted() {
        return problems.stream().sorted().distinct().toList();
    }

    /** The path of the names, from the root of the file. */
    static JsonPointer path(String... names) {
        JsonPointer path = JsonPointer.empty();
        for (String name : names) {
            path = path.appendProperty(name);
        }
        return path;
    }
}
