package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Document;
import dev.pgattest.document.YamlInsertion;
import dev.pgattest.files.PairedFiles;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.files.TextFile;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.NewQuery;
import dev.pgattest.workload.ProjectReader;
import dev.pgattest.workload.SqlInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds a query to a project: a file with its SQL and an entry of the workload, whose other text stays as it is. */
public final class AddQuery {

    private static final String USUAL_FOLDER = "queries";

    private final AddQueryRequest request;
    private final List<Problem> problems = new ArrayList<>();

    /** Prepares to add a query. */
    public AddQuery(AddQueryRequest request) {
        this.request = request;
    }

    /**
     * What was added.
     *
     * @param workload file of the workload, in the project's folder
     * @param sql file of the SQL, in the project's folder
     */
    public record Added(String workload, String sql) {}

    /**
     * Adds the query.
     *
     * @throws PgattestException of bad input with every problem; nothing is written then
     */
    public Added run() {
        ProjectFolder source = ProjectFolder.open(request.project()).orThrow();
        Document project = source.text(ProjectReader.PROJECT_FILE)
                .then(text -> Document.parse(ProjectReader.PROJECT_FILE, text))
                .orThrow();
        String path = project.root().path("workload").asString("");
        if (path.isEmpty()) {
            throw PgattestException.badInput(List.of(Problem.ofFile(
                    ProjectReader.PROJECT_FILE, "the key 'workload' is missing", "write `workload: workload.yaml`")));
        }
        String before = source.text(path).orThrow();
        Document workload = Document.parse(path, before).orThrow();
        SqlFile sql = sql(workload);
        ObjectNode entry = entry(project, workload, sql);
        Result<String> after = YamlInsertion.insert(path, before, "queries", request.name(), entry);
        if (problems.isEmpty()) {
            problems.addAll(after.problems());
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems.stream().distinct().toList());
        }
        write(sql, path, before, after.orThrow());
        return new Added(path, sql.path());
    }

    private ObjectNode entry(Document project, Document workload, SqlFile sql) {
        NewQuery query = new NewQuery(
                request.name(), request.priority(), request.said(), request.slo(), request.cases(), request.indexes());
        problems.addAll(query.problems(workload));
        SqlInspector.Findings findings = isStillToWrite()
                ? new SqlInspector.Findings(Set.of(), "", List.of())
                : ProjectKnowledge.GRAMMAR.inspectQuery(new SqlFile(shown(sql), sql.text()));
        problems.addAll(findings.problems());
        return query.entry(workload, project.root().path("gate").asString(""), sql, findings);
    }

    private boolean isStillToWrite() {
        return request.sql() instanceof AddQueryRequest.Sql.Missing;
    }

    private void write(SqlFile sql, String workloadPath, String before, String after) {
        Path workload = request.project().resolve(workloadPath);
        Path file = request.project().resolve(sql.path());
        List<PairedFiles.NewFile> added =
                inProject().isPresent() ? List.of() : List.of(new PairedFiles.NewFile(file, sql.text()));
        PairedFiles.write(added, workload, before, after);
    }

    /** The query's file: that which is named and lies in the project, or a new one beside those of other queries. */
    private SqlFile sql(Document workload) {
        String folder = folder(workload);
        String path = inProject().orElse((folder.isEmpty() ? "" : folder + "/") + request.name() + ".sql");
        if (inProject().isEmpty() && exists(path)) {
            problems.add(Problem.ofInput(
                    "the file '" + path + "' exists already",
                    "choose another name, or use the file: --sql '"
                            + request.project().resolve(path) + "'"));
        }
        return new SqlFile(path, text());
    }

    private String text() {
        if (request.sql() instanceof AddQueryRequest.Sql.Given given) {
            return ended(given.text());
        }
        if (request.sql() instanceof AddQueryRequest.Sql.InFile named) {
            Result<String> read = TextFile.read(named.file())
                    .orElse(Result.rejected(Problem.ofInput(
                            "there is no file '" + named.file() + "'", "correct --sql, or leave it out")));
            problems.addAll(read.problems());
            return read.problems().isEmpty() ? ended(read.orThrow()) : "select 1\n";
        }
        return NewQuery.SQL_TO_WRITE;
    }

    /** Where the user finds what is wrong with the SQL. */
    private String shown(SqlFile sql) {
        boolean isElsewhere = inProject().isEmpty();
        if (request.sql() instanceof AddQueryRequest.Sql.InFile named && isElsewhere) {
            return named.file().toAbsolutePath().toString();
        }
        return isElsewhere ? "" : sql.path();
    }

    private static String ended(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /** The path of the given file in the project's folder, when it lies there. */
    private Optional<String> inProject() {
        if (!(request.sql() instanceof AddQueryRequest.Sql.InFile named) || !Files.isRegularFile(named.file())) {
            return Optional.empty();
        }
        try {
            Path folder = request.project().toRealPath();
            Path file = named.file().toRealPath();
            return file.startsWith(folder)
                    ? Optional.of(folder.relativize(file).toString().replace('\\', '/'))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a file of that name is there, ignoring case, as some file systems do. */
    private boolean exists(String path) {
        Path file = request.project().resolve(path);
        @Nullable Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            return files.anyMatch(each ->
                    each.getFileName().toString().toLowerCase(Locale.ROOT).equals(name));
        } catch (IOException e) {
            return Files.exists(file);
        }
    }

    /** The folder that most of the queries are in. */
    private static String folder(Document workload) {
        Map<String, Integer> folders = new TreeMap<>();
        for (JsonNode query : workload.root().path("queries")) {
            String path = query.path("sql").asString("");
            int slash = path.lastIndexOf('/');
            if (!path.isEmpty() && !path.startsWith("/") && !path.contains("..")) {
                folders.merge(slash < 0 ? "" : path.substring(0, slash), 1, Integer::sum);
            }
        }
        return folders.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(USUAL_FOLDER);
    }
}
