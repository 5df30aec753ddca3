package dev.pgattest.governance;

import dev.pgattest.Sha256;
import dev.pgattest.document.Document;
import dev.pgattest.evidence.InputDigest;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.ProjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;

/**
 * Digests of what measuring reads of a project's files. SQL counts to the last character, with line feeds as line ends; of YAML the
 * values count, so that a comment or a corrected note needs no new measurement.
 */
public final class ProjectInputs {

    /** What says who and why, and changes no measurement. */
    private static final Set<String> ABOUT_THE_PROJECT = Set.of("project", "description", "lint");

    private static final Set<String> ABOUT_A_QUERY = Set.of(
            "owner", "serves", "persona", "use_case", "notes", "frequency", "concurrency", "expected_rows", "no_index");

    private static final Set<String> ABOUT_AN_INDEX = Set.of("justification", "rationale");

    private static final JsonPointer ROOT = JsonPointer.empty();

    private ProjectInputs() {}

    /**
     * The digests, sorted by file and part.
     *
     * @param documents the YAML files that the project consists of
     */
    public static List<InputDigest> of(Project project, List<Document> documents) {
        Stream<InputDigest> sql = sqlFiles(project).map(ProjectInputs::of);
        Stream<InputDigest> yaml = documents.stream().flatMap(document -> parts(project, document));
        return Stream.concat(sql, yaml).distinct().sorted().toList();
    }

    private static InputDigest of(SqlFile file) {
        return new InputDigest(file.path(), "", Sha256.hex(file.text().replace("\r\n", "\n")));
    }

    private static Stream<SqlFile> sqlFiles(Project project) {
        Stream<SqlFile> migrations = project.files().migrationFiles().stream();
        Stream<SqlFile> changes = project.states().stream()
                .flatMap(state -> state.changeFromAnother().stream())
                .flatMap(change -> Stream.of(change.apply(), change.undo()));
        Stream<SqlFile> statements =
                project.workload().statements().stream().flatMap(query -> query.statement().files().stream());
        Stream<SqlFile> derived = project.files().derived().values().stream();
        return Stream.of(migrations, changes, statements, derived).flatMap(files -> files);
    }

    private static Stream<InputDigest> parts(Project project, Document document) {
        String file = document.file();
        if (file.equals(ProjectReader.PROJECT_FILE)) {
            return Stream.concat(
                    each(document, ROOT, without(document, ROOT, ABOUT_THE_PROJECT, Set.of("states")), Set.of()),
                    children(document, "states", Set.of("description")));
        }
        if (file.equals(project.files().workload())) {
            return Stream.of(
                            each(document, ROOT, List.of("defaults"), Set.of()),
                            children(document, "queries", ABOUT_A_QUERY),
                            children(document, "jobs", ABOUT_A_QUERY))
                    .flatMap(parts -> parts);
        }
        if (file.equals(project.files().dataset())) {
            return Stream.of(
                            each(
                                    document,
                                    ROOT.appendProperty("profiles"),
                                    List.of(project.trial().profile()),
                                    Set.of()),
                            children(document, "tables", Set.of()),
                            children(document, "derived", Set.of()))
                    .flatMap(parts -> parts);
        }
        return children(document, "indexes", ABOUT_AN_INDEX);
    }

    private static List<String> without(Document document, JsonPointer parent, Set<String> some, Set<String> others) {
        return document.at(parent)
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> !some.contains(key) && !others.contains(key))
                .toList();
    }

    /** One part for each value of a mapping; the value itself where it is none. */
    private static Stream<InputDigest> children(Document document, String key, Set<String> leftOut) {
        JsonPointer parent = ROOT.appendProperty(key);
        return document.at(parent).isObject()
                ? each(document, parent, without(document, parent, Set.of(), Set.of()), leftOut)
                : each(document, ROOT, List.of(key), leftOut);
    }

    private static Stream<InputDigest> each(
            Document document, JsonPointer parent, List<String> keys, Set<String> leftOut) {
        List<InputDigest> digests = new ArrayList<>();
        String prefix = parent.length() == 0 ? "" : parent.toString().substring(1) + ".";
        for (String key : keys) {
            JsonPointer pointer = parent.appendProperty(key);
            if (!document.at(pointer).isMissingNode()) {
                digests.add(new InputDigest(
                        document.file(), prefix + key, Sha256.hex(document.canonical(pointer, leftOut))));
            }
        }
        return digests.stream();
    }
}
