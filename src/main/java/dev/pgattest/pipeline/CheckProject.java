package dev.pgattest.pipeline;

import dev.pgattest.Result;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.ProjectReader;
import dev.pgattest.workload.ProjectRules;
import java.nio.file.Path;

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

    /** The project in a folder, or every problem of its files, whose paths are relative to the folder. */
    public Result<Project> in(Path folder) {
        return ProjectFolder.open(folder).then(source -> ProjectReader.read(source, rules));
    }
}
