package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Result;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.dataset.DatasetSize;
import dev.pgattest.dataset.DatasetSpec;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.ProjectReader;
import java.nio.file.Path;

/**
 * A project that was read from its folder and found right.
 *
 * @param folder absolute path of the folder
 * @param project what its files declare
 * @param dataset the declaration of its dataset
 */
record LoadedProject(Path folder, Project project, DatasetSpec dataset) {

    /**
     * Reads a project.
     *
     * @throws PgattestException of bad input with every problem of its files
     */
    static LoadedProject read(Path folder) {
        Result<LoadedProject> loaded = ProjectFolder.open(folder)
                .then(source -> ProjectReader.read(source, ProjectKnowledge.RULES)
                        .then(project -> source.text(project.files().dataset())
                                .then(text -> ProjectKnowledge.dataset(
                                        new SqlFile(project.files().dataset(), text)))
                                .then(dataset -> Result.of(new LoadedProject(
                                        folder.toAbsolutePath().normalize(), project, dataset)))));
        return loaded.orThrow();
    }

    /**
     * The dataset of the project's profile at a size.
     *
     * @throws PgattestException of bad input when the size is impossible
     */
    Dataset dataset(ProveRequest.Size size) {
        DatasetProfile profile = dataset.profile(project.trial().profile()).orElseThrow();
        DatasetSize wanted = new DatasetSize(size.scale() == null ? profile.scale() : size.scale(), size.members());
        return Dataset.of(dataset, profile.name(), wanted);
    }
}
