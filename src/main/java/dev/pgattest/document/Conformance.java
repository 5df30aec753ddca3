package dev.pgattest.document;

import dev.pgattest.Problem;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/**
 * How a document stands to its schema, in a form that lets a reader go on with the sound parts and so find every problem of
 * a file in one run.
 */
public final class Conformance {

    private final List<Problem> problems;
    private final Set<String> unsound;

    Conformance(List<Problem> problems, Set<String> unsound) {
        this.problems = problems.stream().distinct().sorted().toList();
        this.unsound = Set.copyOf(unsound);
    }

    /** Every departure from the schema, sorted by place; empty when the document conforms. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Whether the value at {@code pointer}, and everything in it, has the shape that the schema asks for. Unknown keys do
     * not make a value unsound: there is nothing in them to misread. A missing value is sound when it may be missing.
     */
    public boolean isSound(JsonPointer pointer) {
        String path = pointer.toString();
        return unsound.stream().noneMatch(wrong -> within(wrong, path));
    }

    private static boolean within(String inner, String outer) {
        return inner.startsWith(outer) && (inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
    }
}
