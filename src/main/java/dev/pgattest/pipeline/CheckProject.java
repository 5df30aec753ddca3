package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Document;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.governance.InputChanges;
import dev.pgattest.governance.QueryRules;
import dev.pgattest.governance.ReadinessFacts;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.ProjectReader;
import dev.pgattest.workload.ProjectRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a project's folder and finds everything that is wrong in it, without a server.
 *
 * @param rules what the project is checked against besides its own files' form
 */
public record CheckProject(ProjectRules rules) {

    /** Checks against everything that the program knows. */
    public CheckProject() {
        this(ProjectKnowledge.RULES);
    }

    /**
     * What was found.
     *
     * @param project the project, or every problem of its files
     * @param warnings what has to be done before the project can go into production; evidence comes after its files
     */
    public record Checked(Result<Project> project, List<Problem> warnings) {

        public Checked {
            warnings = List.copyOf(warnings);
        }
    }

    /** Checks the project in a folder; paths of problems are relative to the folder. */
    public Checked in(Path folder) {
        Result<ProjectFolder> opened = ProjectFolder.open(folder);
        if (!opened.problems().isEmpty()) {
            return new Checked(Result.rejected(opened.problems()), List.of());
        }
        ProjectFolder source = opened.orThrow();
        Result<Project> read = ProjectReader.read(source, rules);
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(unmapped(source));
        return problems.isEmpty()
                ? new Checked(read, warnings(folder, source, read.orThrow()))
                : new Checked(Result.rejected(problems), List.of());
    }

    private static List<Problem> unmapped(ProjectFolder source) {
        Optional<Document> project = document(source, ProjectReader.PROJECT_FILE);
        Optional<Document> workload = project.flatMap(file -> named(source, file, "workload"));
        String gate = project.map(file -> file.root().path("gate").asString("")).orElse("");
        return workload.map(file -> QueryRules.unmapped(
                        gate,
                        file,
                        project.flatMap(each -> named(source, each, "indexes")).orElse(null)))
                .orElse(List.of());
    }

    private static Optional<Document> named(ProjectFolder source, Document project, String key) {
        String path = project.root().path(key).asString("");
        return path.isEmpty() ? Optional.empty() : document(source, path);
    }

    /** A file that can be read; what is wrong with others is said by those who read the project. */
    private static Optional<Document> document(ProjectFolder source, String path) {
        Result<Document> document = source.text(path).then(text -> Document.parse(path, text));
        return document.problems().isEmpty() ? Optional.of(document.orThrow()) : Optional.empty();
    }

    private static List<Problem> warnings(Path folder, ProjectFolder source, Project project) {
        boolean blocks = project.workload().statements().stream()
                .anyMatch(query -> query.purpose().priority() == Priority.P0);
        Result<LoadedProject> loaded = LoadedProject.of(folder, source, project);
        if (!blocks || !loaded.problems().isEmpty()) {
            return List.of();
        }
        try {
            Optional<FoundEvidence> found = FoundEvidence.of(loaded.orThrow(), null);
            return found.map(FoundEvidence::evidence)
                    .map(evidence -> ofEvidence(source, FoundEvidence.facts(loaded.orThrow(), found), evidence))
                    .orElse(List.of(Problem.ofInput(
                            "there is no evidence for the P0 queries yet", "make it with `pgattest prove`")));
        } catch (PgattestException e) {
            return e.problems();
        }
    }

    private static List<Problem> ofEvidence(ProjectFolder source, ReadinessFacts facts, StoredEvidence evidence) {
        Project project = facts.project();
        List<Problem> warnings = new ArrayList<>();
        document(source, project.files().workload())
                .ifPresent(workload -> warnings.addAll(QueryRules.unproven(project, workload, evidence)));
        List<Problem> changes = InputChanges.since(evidence, facts.inputs(), facts.definition());
        if (!changes.isEmpty()) {
            Problem first = changes.get(0);
            warnings.add(Problem.ofInput(
                    "the evidence is out of date: " + (first.file().isEmpty() ? "" : first.file() + ", ")
                            + first.message() + (changes.size() == 1 ? "" : ", and " + (changes.size() - 1) + " more"),
                    "`pgattest verify` names every change; measure again with `pgattest prove`"));
        }
        return warnings;
    }
}
