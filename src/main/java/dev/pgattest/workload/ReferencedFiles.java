package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files that entries refer to and adds what is wrong with them to the project's problems. */
final class ReferencedFiles {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final Pattern MIGRATION = Pattern.compile("(V\\d+([._]\\d+)*|R)__[^/]+\\.sql");

    /** Undo migrations and callbacks, which belong there. */
    private static final Pattern IGNORED =
            Pattern.compile("U\\d+([._]\\d+)*__[^/]+\\.sql|(before|after)\\w+(__[^/]+)?\\.sql");

    private final ProjectSource source;
    private final ProjectRules rules;
    private final List<Problem> problems;

    ReferencedFiles(ProjectSource source, ProjectRules rules, List<Problem> problems) {
        this.source = source;
        this.rules = rules;
        this.problems = problems;
    }

    /** A file that an entry names; empty, with a problem, when it cannot be used. */
    Optional<SqlFile> file(Entry path) {
        return path.parsed(ReferencedFiles::inside)
                .flatMap(name -> path.accepted(source.text(name)).map(text -> new SqlFile(name, text)));
    }

    /** The script that an entry names, with its syntax checked. */
    Optional<SqlFile> script(Entry path) {
        Optional<SqlFile> file = file(path);
        file.ifPresent(this::checkScript);
        return file;
    }

    /**
     * The parameters of a query's file; empty when they are unknown. A statement that writes where its entry does not say so is a
     * problem: it would not be rolled back.
     */
    Optional<Set<String>> parameters(SqlFile file, Entry entry, boolean mayWrite) {
        if (rules.sql() == null) {
            return Optional.empty();
        }
        SqlInspector.Findings findings = rules.sql().inspectQuery(file);
        problems.addAll(findings.problems());
        if (!findings.writes().isEmpty() && !mayWrite) {
            entry.rejectKey(
                    "'" + entry.name() + "' writes: " + file.path() + " has " + findings.writes(),
                    "write `writes: true`, so that each execution is rolled back");
        }
        return findings.problems().isEmpty() ? Optional.of(findings.parameters()) : Optional.empty();
    }

    /** Checks the syntax of SQL that stands in an entry itself. */
    void checkText(Entry entry) {
        SqlInspector inspector = rules.sql();
        if (inspector != null && entry.text().isPresent()) {
            inspector
                    .inspectScript(new SqlFile("", entry.textOr("")))
                    .forEach(problem -> entry.reject(problem.message(), problem.remedy()));
        }
    }

    /** The migrations of a Flyway folder that an entry names. */
    List<SqlFile> migrations(Entry folder) {
        List<String> paths = folder.parsed(ReferencedFiles::inside)
                .flatMap(name -> folder.accepted(source.sqlFiles(name)))
                .orElse(null);
        if (paths == null) {
            return List.of();
        }
        List<String> migrations = paths.stream()
                .filter(path -> MIGRATION.matcher(name(path)).matches())
                .toList();
        Stream.of(migrations.isEmpty() ? List.<String>of() : paths)
                .flatMap(List::stream)
                .filter(path -> !migrations.contains(path)
                        && !IGNORED.matcher(name(path)).matches())
                .forEach(path -> problems.add(Problem.ofFile(
                        path,
                        "Flyway does not run a file of this name",
                        "name it for example `V2__what_it_does.sql`, or move it out of the migrations")));
        if (migrations.isEmpty()) {
            folder.reject(
                    "the folder '" + folder.textOr("") + "' has no migrations",
                    "name them as Flyway does, for example `V1__tables.sql`");
        }
        return migrations.stream()
                .flatMap(path -> folder.accepted(source.text(path)).map(text -> new SqlFile(path, text)).stream())
                .peek(this::checkScript)
                .toList();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void checkScript(SqlFile file) {
        if (rules.sql() != null) {
            problems.addAll(rules.sql().inspectScript(file));
        }
    }

    /** A path that stays in the project's folder, without a trailing slash. */
    private static Result<String> inside(String path) {
        String plain = path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
        if (plain.startsWith("/")
                || plain.startsWith("~")
                || DRIVE.matcher(plain).matches()) {
            return outside("the path '" + path + "' is absolute");
        }
        if (plain.contains("\\")) {
            return Result.rejected(
                    Problem.ofInput("the path '" + path + "' has a backslash", "write `/` between its parts"));
        }
        List<String> parts = List.of(plain.split("/", -1));
        if (parts.contains("..")) {
            return outside("the path '" + path + "' leaves the project's folder");
        }
        boolean odd = parts.contains("") || parts.contains(".") || plain.chars().anyMatch(c -> c < ' ');
        return odd
                ? Result.rejected(Problem.ofInput(
                        "the path '" + path + "' is not in its plain form", "write for example `queries/q1.sql`"))
                : Result.of(plain);
    }

    private static Result<String> outside(String message) {
        return Result.rejected(
                Problem.ofInput(message, "move the file into the project's folder and write its path from there"));
    }
}
