package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole project: {@code pgattest.yaml} and every file that it names. */
public final class ProjectReader {

    /** The file that makes a folder a project. */
    public static final String PROJECT_FILE = "pgattest.yaml";

    private final ProjectSource source;
    private final ProjectRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final ReferencedFiles files;

    private ProjectReader(ProjectSource source, ProjectRules rules) {
        this.source = source;
        this.rules = rules;
        this.files = new ReferencedFiles(source, rules, problems);
    }

    /** The project, or every problem of its files. */
    public static Result<Project> read(ProjectSource source, ProjectRules rules) {
        return new ProjectReader(source, rules).read();
    }

    private Result<Project> read() {
        Result<Document> document = source.text(PROJECT_FILE).then(text -> Document.parse(PROJECT_FILE, text));
        if (!document.problems().isEmpty()) {
            return Result.rejected(document.problems());
        }
        Entry root = Entry.root(document.orThrow(), DocumentSchema.of("pgattest"), problems);
        Project project = project(root);
        return problems.isEmpty() ? Result.of(project) : Result.rejected(problems);
    }

    private Project project(Entry root) {
        List<SqlFile> migrations = files.migrations(root.at("migrations"));
        List<State> states = new StateReader(files).read(root.at("states"));
        List<String> stateNames = root.at("states").names();
        Names.requireKnownText(root.at("gate"), "state", stateNames);
        Trial trial = new TrialReader(rules).read(root);
        files.checkText(root.at("measure").at("calibration"));
        DatasetNames dataset = dataset(root);
        Workload workload = workload(root, new WorkloadReader.Surroundings(stateNames, trial.measurement(), dataset));
        return new Project(
                root.at("project").textOr(""),
                root.at("description").textOr(""),
                new ProjectFiles(
                        root.at("migrations").textOr(""),
                        migrations,
                        root.at("dataset").textOr(""),
                        root.at("workload").textOr(""),
                        root.at("indexes").textOr(""),
                        dataset == DatasetNames.UNKNOWN ? Map.of() : derived(root, dataset)),
                trial,
                states.isEmpty() ? List.of(new State("", "", null)) : states,
                workload,
                indexPlan(root, workload));
    }

    private DatasetNames dataset(Entry root) {
        Optional<SqlFile> file = files.file(root.at("dataset"));
        var read = rules.dataset();
        if (file.isEmpty() || read == null) {
            return DatasetNames.UNKNOWN;
        }
        DatasetNames names = root.at("dataset").accepted(read.apply(file.get())).orElse(DatasetNames.UNKNOWN);
        if (!names.profiles().isEmpty()) {
            Names.requireKnownText(root.at("profile"), "profile", names.profiles());
        }
        return names;
    }

    /** The queries of derived tables, which stand in files of their own; the form of the dataset's file was found right. */
    private Map<String, SqlFile> derived(Entry root, DatasetNames names) {
        Map<String, SqlFile> derived = new LinkedHashMap<>();
        files.file(root.at("dataset"))
                .flatMap(file -> root.at("dataset").accepted(Document.parse(file.path(), file.text())))
                .filter(document -> document.root().has("derived"))
                .map(document -> Entry.root(document, DocumentSchema.of("dataset"), problems))
                .map(entry -> entry.at("derived").children())
                .orElse(List.of())
                .forEach(table -> files.file(table).ifPresent(file -> {
                    rejectDerived(table, names, files.parameters(file, table, false));
                    derived.put(table.name(), file);
                }));
        return derived;
    }

    private static void rejectDerived(Entry table, DatasetNames names, Optional<Set<String>> parameters) {
        if (names.tables().contains(table.name())) {
            table.rejectKey("the table '" + table.name() + "' is generated as well as derived", "keep one of them");
        }
        if (parameters.filter(found -> !found.isEmpty()).isPresent()) {
            table.reject(
                    "the query of the derived table '" + table.name() + "' has parameters",
                    "write their values into it: nothing gives them any");
        }
    }

    private Workload workload(Entry root, WorkloadReader.Surroundings surroundings) {
        Optional<Document> document = files.file(root.at("workload"))
                .flatMap(file -> root.at("workload").accepted(Document.parse(file.path(), file.text())));
        if (document.isEmpty()) {
            return new Workload(List.of(), List.of());
        }
        Entry entry = Entry.root(document.get(), DocumentSchema.of("workload"), problems);
        return new WorkloadReader(files, surroundings).read(entry);
    }

    private IndexPlan indexPlan(Entry root, Workload workload) {
        Optional<Document> document = files.file(root.at("indexes"))
                .flatMap(file -> root.at("indexes").accepted(Document.parse(file.path(), file.text())));
        return document.map(found -> Entry.root(found, DocumentSchema.of("indexes"), problems))
                .map(entry -> new IndexPlanReader(files, workload).read(entry))
                .orElse(IndexPlan.NONE);
    }
}
