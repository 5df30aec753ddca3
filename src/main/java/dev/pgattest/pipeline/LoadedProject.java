package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Result;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.dataset.DatasetSize;
import dev.pgattest.dataset.DatasetSpec;
import dev.pgattest.dataset.DerivedTable;
import dev.pgattest.document.Document;
import dev.pgattest.evidence.InputDigest;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.governance.ProjectInputs;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.ProjectReader;
import dev.pgattest.workload.ProjectSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project that was read from its folder and found right.
 *
 * @param folder absolute path of the folder
 * @param project what its files declare
 * @param dataset the declaration of its dataset
 * @param inputs digests of what measuring reads of its files
 */
record LoadedProject(Path folder, Project project, DatasetSpec dataset, List<InputDigest> inputs) {

    /**
     * Reads a project.
     *
     * @throws PgattestException of bad input with every problem of its files
     */
    static LoadedProject read(Path folder) {
        return ProjectFolder.open(folder)
                .then(source ->
                        ProjectReader.read(source, ProjectKnowledge.RULES).then(project -> of(folder, source, project)))
                .orThrow();
    }

    /** A project that was read already, with the rest of it. */
    static Result<LoadedProject> of(Path folder, ProjectSource source, Project project) {
        String dataset = project.files().dataset();
        Result<DatasetSpec> spec =
                source.text(dataset).then(text -> ProjectKnowledge.dataset(new SqlFile(dataset, text)));
        List<Document> documents = new ArrayList<>();
        List<String> files = new ArrayList<>(
                List.of(ProjectReader.PROJECT_FILE, project.files().workload(), dataset));
        if (!project.files().indexes().isEmpty()) {
            files.add(project.files().indexes());
        }
        for (String file : files) {
            Result<Document> document = source.text(file).then(text -> Document.parse(file, text));
            if (!document.problems().isEmpty()) {
                return Result.rejected(document.problems());
            }
            documents.add(document.orThrow());
        }
        return spec.then(declared -> Result.of(new LoadedProject(
                folder.toAbsolutePath().normalize(), project, declared, ProjectInputs.of(project, documents))));
    }

    /**
     * What the cases of the workload run, with parameters of the dataset at the profile's own size. Making it takes as long as preparing
     * the dataset's generators.
     */
    CaseStatements statements() {
        return new CaseStatements(dataset(new ProveRequest.Size(null, null, 1)));
    }

    /**
     * The dataset of the project's profile at a size.
     *
     * @throws PgattestException of bad input when the size is impossible
     */
    Dataset dataset(ProveRequest.Size size) {
        DatasetProfile profile = dataset.profile(project.trial().profile()).orElseThrow();
        DatasetSize wanted = new DatasetSize(size.scale() == null ? profile.scale() : size.scale(), size.members());
        return Dataset.of(dataset, profile.name(), wanted)
                .with(project.files().derived().entrySet().stream()
                        .map(each -> new DerivedTable(each.getKey(), each.getValue()))
                        .toList());
    }
}
