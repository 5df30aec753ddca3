package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.evidence.InputDigest;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a project when its readiness is judged.
 *
 * @param project what its files declare
 * @param inputs digests of its files
 * @param definition SHA-256 of the dataset's declaration at the size of the evidence; empty without evidence
 * @param tables how many tables the dataset declares
 * @param evidence what was proven; null when there is none
 */
public record ReadinessFacts(
        Project project,
        List<InputDigest> inputs,
        String definition,
        int tables,
        @Nullable StoredEvidence evidence) {

    /** What each item that needs evidence says when there is none. */
    static final Problem NO_EVIDENCE = Problem.ofInput("there is no evidence", "make it with `pgattest prove`");

    public ReadinessFacts {
        inputs = List.copyOf(inputs);
    }

    /** Queries and jobs of a priority. */
    List<Query> statements(Priority priority) {
        return project.workload().statements().stream()
                .filter(query -> query.purpose().priority() == priority)
                .toList();
    }

    /** The owners of all P0 queries and jobs, in the order of the workload. */
    public List<String> owners() {
        return statements(Priority.P0).stream()
                .map(query -> query.purpose().owner())
                .distinct()
                .toList();
    }

    /** A number with what it counts, in the plural where it is not one. */
    static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    Optional<StoredEvidence> proven() {
        return Optional.ofNullable(evidence);
    }

    /** The state that decides, as it was measured. */
    Optional<StoredEvidence.State> gate() {
        return proven().flatMap(found -> found.state(project.trial().gate()));
    }
}
