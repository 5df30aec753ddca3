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

    private final Project project;
    private final Query query;
    private final List<Problem> problems = new ArrayList<>();

    private QueryDocumentation(Project project, Query query) {
        this.project = project;
        this.query = query;
    }

    /** What is missing. */
    static List<Problem> problems(Project project, Query query) {
        QueryDocumentation documentation = new QueryDocumentation(project, query);
        documentation.check();
        return documentation.problems;
    }

    private void check() {
        Purpose purpose = query.purpose();
        boolean isJob = project.workload().jobs().contains(query);
        require(!purpose.owner().isBlank(), "owner", "who answers for it");
        require(
                !purpose.serves().isBlank() || !purpose.useCase().isBlank(),
                "serves",
                "which endpoint or worker runs it, or `use_case: ...` what the answer is for");
        require(isJob || !query.expectation().rows().isBlank(), "expected_rows", "how many rows it returns");
        boolean measured = query.cases().stream().anyMatch(each -> each.slo() != null);
        if (!measured && purpose.priority() == Priority.P1 && purpose.notes().isBlank()) {
            add(
                    "has no case with an SLO, and no notes that say why",
                    "add a case with an SLO, or `notes: ...` why it is not measured yet");
        }
    }

    private void require(boolean said, String key, String meaning) {
        if (!said) {
            add("does not say '" + key + "'", "write `" + key + ": ...`: " + meaning);
        }
    }

    private void add(String what, String remedy) {
        String name = "the " + query.purpose().priority() + " query '" + query.name() + "' ";
        problems.add(Problem.ofFile(project.files().workload(), name + what, remedy));
    }
}
