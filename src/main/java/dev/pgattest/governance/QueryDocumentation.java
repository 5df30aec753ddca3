package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Purpose;
import dev.pgattest.workload.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be said of a P0 or P1 query, so that others can judge it: its SQL says what it reads, filters and orders; its entry says
 * who answers for it, what for, how many rows come and how fast.
 */
final class QueryDocumentation {

    private QueryDocumentation() {}

    /** What is missing. */
    static List<Problem> problems(Project project, Query query) {
        List<Problem> problems = new ArrayList<>();
        Purpose purpose = query.purpose();
        boolean isJob = project.workload().jobs().contains(query);
        require(problems, project, query, !purpose.owner().isBlank(), "owner", "who answers for it");
        require(
                problems,
                project,
                query,
                !purpose.serves().isBlank() || !purpose.useCase().isBlank(),
                "serves",
                "which endpoint or worker runs it, or `use_case: ...` what the answer is for");
        require(
                problems,
                project,
                query,
                isJob || !query.expectation().rows().isBlank(),
                "expected_rows",
                "how many rows it returns");
        boolean measured = query.cases().stream().anyMatch(each -> each.slo() != null);
        if (!measured && purpose.priority() == Priority.P1 && purpose.notes().isBlank()) {
            problems.add(problem(
                    project,
                    query,
                    "has no case with an SLO, and no notes that say why",
                    "add a case with an SLO, or `notes: ...` why it is not measured yet"));
        }
        return problems;
    }

    private static void require(
            List<Problem> problems, Project project, Query query, boolean said, String key, String meaning) {
        if (!said) {
            problems.add(problem(project, query, "does not say '" + key + "'", "write `" + key + ": ...`: " + meaning));
        }
    }

    private static Problem problem(Project project, Query query, String what, String remedy) {
        String name = "the " + query.purpose().priority() + " query '" + query.name() + "' ";
        return Problem.ofFile(project.files().workload(), name + what, remedy);
    }
}
