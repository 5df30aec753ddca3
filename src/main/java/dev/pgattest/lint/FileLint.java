package dev.pgattest.lint;

import dev.pgattest.lint.Draft.Pending;
import dev.pgattest.lint.Suppressions.Suppression;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SyntaxError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** One file: its parts through all rules, then what its comments allow. */
final class FileLint {

    private final FileOutline outline;
    private final LintInput input;
    private final LintSettings settings;
    private final List<Pending> found = new ArrayList<>();
    private int statementCount;

    FileLint(SqlFile file, LintInput input, LintSettings settings) {
        this.outline = FileOutline.of(file, settings.transactional());
        this.input = input;
        this.settings = settings;
    }

    /** Takes all rules through the file; the session is then what it is behind the file. */
    void run(Session session) {
        outline.openComment().ifPresent(this::syntaxError);
        for (Part part : outline.parts()) {
            // The way back of a file that has both begins behind the way there, and nothing follows from it.
            boolean apart = part.undo() && outline.parts().size() > 1;
            PartLint lint = new PartLint(outline, part, apart ? session.copy() : session, settings, found::add);
            lint.run(input, this::syntaxError);
            statementCount += lint.statementCount();
        }
    }

    /** How many statements were read, whether the grammar accepted them or not. */
    int statementCount() {
        return statementCount;
    }

    /**
     * The findings of the file, in order.
     *
     * @param last what exists behind the last file
     * @param shown which findings anybody wants to see
     */
    List<Finding> findings(KnownObjects last, Predicate<Finding> shown) {
        List<Finding> standing = found.stream()
                .filter(each -> each.stands().test(last))
                .map(Pending::finding)
                .toList();
        found.clear();
        List<Finding> kept = withoutSuppressed(standing);
        found.forEach(each -> kept.add(each.finding()));
        return onceWhereOnceIsEnough(
                kept.stream().distinct().sorted().filter(shown).toList());
    }

    private void syntaxError(SyntaxError error) {
        if (settings.enables(FileRules.SYNTAX_ERROR)) {
            int end = Math.min(error.offset() + 1, outline.file().text().length());
            own(FileRules.SYNTAX_ERROR, error.message())
                    .at(error.offset(), end)
                    .remedy(error.remedy())
                    .add();
        }
    }

    private Draft own(LintRule rule, String message) {
        return new Draft(found::add, rule, settings.severity(rule), outline, message);
    }

    private List<Finding> withoutSuppressed(List<Finding> findings) {
        Map<String, List<Suppression>> byRule = new HashMap<>();
        outline.suppressions()
                .forEach(each -> byRule.computeIfAbsent(each.rule(), rule -> new ArrayList<>())
                        .add(each));
        Set<Suppression> used = new HashSet<>();
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : findings) {
            List<Suppression> covering = byRule.getOrDefault(finding.rule(), List.of()).stream()
                    .filter(each -> each.covers(finding))
                    .toList();
            used.addAll(covering);
            if (covering.isEmpty()) {
                kept.add(finding);
            }
        }
        if (settings.enables(FileRules.UNUSED_SUPPRESSION)) {
            outline.suppressions().stream().filter(each -> !used.contains(each)).forEach(this::unused);
        }
        return kept;
    }

    /** Of a rule that says a thing once, the first finding of each part. */
    private List<Finding> onceWhereOnceIsEnough(List<Finding> findings) {
        Set<String> said = new HashSet<>();
        return findings.stream()
                .filter(each ->
                        LintRules.find(each.rule()).filter(LintRule::once).isEmpty()
                                || said.add(each.rule()
                                        + outline.partAt(each.range().start())))
                .toList();
    }

    private void unused(Suppression suppression) {
        String name = suppression.word() + " " + suppression.rule();
        String message;
        String remedy;
        if (LintRules.find(suppression.rule()).isEmpty()) {
            message = suppression.rule().isEmpty()
                    ? "the comment " + suppression.word() + " names no rule"
                    : "the comment " + name + " names a rule that does not exist";
            remedy = "write -- " + suppression.word() + " rule-id: reason";
        } else if (suppression.reason().isEmpty()) {
            message = "the comment " + name + " gives no reason, so it allows nothing";
            remedy = "write -- " + name + ": why it is safe here";
        } else {
            String where = suppression.isForFile() ? "in this file" : "here";
            message = "the comment " + name + " allows nothing: there is no such finding " + where;
            remedy = "remove the comment";
        }
        own(FileRules.UNUSED_SUPPRESSION, message)
                .at(suppression.start(), suppression.end())
                .remedy(remedy)
                .add();
    }
}
