package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.files.GitChanges;
import dev.pgattest.files.ProjectFolder;
import dev.pgattest.files.SqlPaths;
import dev.pgattest.lint.Edit;
import dev.pgattest.lint.Finding;
import dev.pgattest.lint.LintInput;
import dev.pgattest.lint.LintReport;
import dev.pgattest.lint.LintRules;
import dev.pgattest.lint.LintSettings;
import dev.pgattest.lint.LintSettingsReader;
import dev.pgattest.lint.Linter;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.ProjectReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks SQL files without a server. */
public final class LintSql {

    /** Each round of fixes may make room for another; more than a few mean that two fixes undo each other. */
    private static final int MOST_ROUNDS = 20;

    private static final int OLDEST_VERSION = 10;
    private static final int NEWEST_VERSION = 18;

    private final LintRequest request;

    public LintSql(LintRequest request) {
        this.request = request;
    }

    /**
     * What was found and done.
     *
     * @param report what is left to find
     * @param texts of all files, as they are now
     * @param fixed how many findings each file was rid of, for the files that were rewritten
     */
    public record Outcome(LintReport report, Map<String, String> texts, Map<String, Integer> fixed) {

        public Outcome {
            texts = Map.copyOf(texts);
        }
    }

    /**
     * Lints, after fixing what can be fixed when that is asked for.
     *
     * @throws PgattestException of bad input when a path, the project or the revision is wrong
     */
    public Outcome run() {
        LintSettings settings = settings();
        List<List<SqlFile>> groups = SqlPaths.read(request.paths());
        Map<String, Integer> fixed = new LinkedHashMap<>();
        List<List<SqlFile>> checked = request.fix() ? fixed(groups, settings, fixed) : groups;
        LintReport report = new LintReport(settings.pgVersion(), 0, 0, List.of());
        Map<String, String> texts = new HashMap<>();
        for (List<SqlFile> files : checked) {
            report = report.and(lint(files, settings));
            files.forEach(file -> texts.put(file.path(), file.text()));
        }
        return new Outcome(report, texts, fixed);
    }

    private LintReport lint(List<SqlFile> files, LintSettings settings) {
        LintInput input = LintInput.inOrder(files);
        return request.since() == null
                ? Linter.lint(input, settings)
                : Linter.lint(input, settings, added(GitChanges.since(request.since())));
    }

    private static Predicate<Finding> added(GitChanges changes) {
        Map<String, BitSet> lines = new HashMap<>();
        return finding -> {
            BitSet added = lines.computeIfAbsent(finding.file(), file -> changes.lines(Path.of(file)));
            int next = added.nextSetBit(finding.range().from().line());
            return next >= 0 && next <= finding.range().to().line();
        };
    }

    /** The files after fixing. Nothing is written before it is known that all that there is to fix may be. */
    private List<List<SqlFile>> fixed(List<List<SqlFile>> groups, LintSettings settings, Map<String, Integer> fixed) {
        List<Map<String, List<Edit>>> first = groups.stream()
                .map(group -> edits(lint(group, settings).findings(), fixed))
                .toList();
        AtomicFile.requireReplaceable(first.stream()
                .flatMap(edits -> edits.keySet().stream())
                .map(Path::of)
                .toList());
        List<List<SqlFile>> files = new ArrayList<>();
        for (int index = 0; index < groups.size(); index++) {
            files.add(fixpoint(groups.get(index), first.get(index), settings, fixed));
        }
        return files;
    }

    /** A group after these edits and those that they make room for; git compares what is on disk, so each round is written. */
    private List<SqlFile> fixpoint(
            List<SqlFile> group, Map<String, List<Edit>> first, LintSettings settings, Map<String, Integer> fixed) {
        List<SqlFile> files = group;
        Map<String, List<Edit>> edits = first;
        for (int round = 0; round < MOST_ROUNDS && !edits.isEmpty(); round++) {
            Map<String, List<Edit>> now = edits;
            files = files.stream()
                    .map(file -> now.containsKey(file.path()) ? edited(file, now.get(file.path())) : file)
                    .toList();
            files.stream()
                    .filter(file -> now.containsKey(file.path()))
                    .forEach(file -> AtomicFile.replace(Path.of(file.path()), file.text()));
            edits = edits(lint(files, settings).findings(), fixed);
        }
        return files;
    }

    /** The file after edits, whose lines end as those of the file do. */
    private static SqlFile edited(SqlFile file, List<Edit> edits) {
        boolean carriageReturns = file.text().contains("\r\n");
        List<Edit> fitting = edits.stream()
                .map(edit -> carriageReturns
                        ? new Edit(
                                edit.start(),
                                edit.end(),
                                edit.text().replace("\r\n", "\n").replace("\n", "\r\n"))
                        : edit)
                .toList();
        return new SqlFile(file.path(), Edit.apply(file.text(), fitting));
    }

    /** The edits of one round: at most one finding a statement, the heaviest first, for its fix may settle the others. */
    private static Map<String, List<Edit>> edits(List<Finding> findings, Map<String, Integer> fixed) {
        // What could not be read as UTF-8 would be written back as something else.
        Set<String> unreadable = findings.stream()
                .filter(finding -> finding.rule().equals(LintRules.INVALID_UTF8))
                .map(Finding::file)
                .collect(Collectors.toSet());
        List<Finding> chosen = new ArrayList<>();
        Map<String, TreeMap<Integer, Integer>> taken = new HashMap<>();
        findings.stream()
                .filter(finding -> !finding.fix().isEmpty() && !unreadable.contains(finding.file()))
                .sorted(Comparator.comparing(Finding::severity))
                .filter(finding -> isFree(finding, taken.computeIfAbsent(finding.file(), file -> new TreeMap<>())))
                .forEach(chosen::add);
        Map<String, List<Edit>> edits = new LinkedHashMap<>();
        for (Finding finding : chosen) {
            edits.computeIfAbsent(finding.file(), file -> new ArrayList<>()).addAll(finding.fix());
            fixed.merge(finding.file(), 1, Integer::sum);
        }
        return edits;
    }

    /** Takes the stretch of a finding if nobody has taken a part of it; {@code taken} has the ends of stretches by their starts. */
    private static boolean isFree(Finding finding, NavigableMap<Integer, Integer> taken) {
        int start = start(finding);
        int end = end(finding);
        Map.Entry<Integer, Integer> before = taken.floorEntry(end);
        boolean free = before == null || before.getValue() < start;
        if (free) {
            taken.put(start, end);
        }
        return free;
    }

    private static int start(Finding finding) {
        int first = finding.fix().stream().mapToInt(Edit::start).min().orElse(Integer.MAX_VALUE);
        return Math.min(first, finding.range().start());
    }

    private static int end(Finding finding) {
        int last = finding.fix().stream().mapToInt(Edit::end).max().orElse(0);
        return Math.max(last, finding.range().end());
    }

    private LintSettings settings() {
        LintSettings settings = request.project() == null ? LintSettings.DEFAULT : ofProject(request.project());
        Integer version = request.pgVersion();
        if (version != null) {
            if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
                throw PgattestException.badInput(
                        "--pg-version is " + version,
                        "give a major version from " + OLDEST_VERSION + " to " + NEWEST_VERSION);
            }
            settings = settings.withVersion(version);
        }
        return request.transactional() ? settings.inTransactions() : settings;
    }

    /** The settings of a project. */
    static LintSettings ofProject(Path folder) {
        return ProjectFolder.open(folder)
                .then(source -> source.text(ProjectReader.PROJECT_FILE))
                .then(text -> Document.parse(ProjectReader.PROJECT_FILE, text))
                .then(document -> DocumentSchema.of("pgattest").accept(document))
                .then(LintSettingsReader::read)
                .orThrow();
    }
}
