package dev.pgattest.cli;

import dev.pgattest.Problem;
import java.nio.file.Path;
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
        return render(problems, folder, "error");
    }

    /** Like {@link #render(List, String)}, for what fails nothing. */
    static String renderWarnings(List<Problem> warnings, String folder) {
        return render(warnings, folder, "warning");
    }

    private static String render(List<Problem> problems, String folder, String severity) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            String place = problem.place();
            if (!place.isEmpty()) {
                boolean isWhole = folder.isEmpty() || Path.of(problem.file()).isAbsolute();
                text.append(isWhole ? "" : folder.endsWith("/") ? folder : folder + "/")
                        .append(place)
                        .append(": ");
            }
            text.append(severity).append(": ").append(problem.message()).append(System.lineSeparator());
            if (!problem.remedy().isEmpty()) {
                text.append("  help: ").append(problem.remedy()).append(System.lineSeparator());
            }
        }
        return text.toString();
    }
}
