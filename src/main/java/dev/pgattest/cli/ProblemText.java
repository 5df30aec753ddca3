package dev.pgattest.cli;

import dev.pgattest.Problem;
import java.util.List;

/** Problems for people and for editors, which follow {@code file:line:column:}. */
final class ProblemText {

    private ProblemText() {}

    /**
     * One problem after another, each with its remedy on a line of its own.
     *
     * @param folder put before the problems' files, so that an editor finds them; empty for none
     */
    static String render(List<Problem> problems, String folder) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            String place = problem.place();
            if (!place.isEmpty()) {
                text.append(folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/")
                        .append(place)
                        .append(": ");
            }
            text.append("error: ").append(problem.message()).append(System.lineSeparator());
            if (!problem.remedy().isEmpty()) {
                text.append("  help: ").append(problem.remedy()).append(System.lineSeparator());
            }
        }
        return text.toString();
    }
}
