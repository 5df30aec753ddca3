package dev.pgattest.lint;

import dev.pgattest.Lines;
import dev.pgattest.Severity;
import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A finding while a rule puts it together; nothing is reported before {@link #add()}. */
final class Draft {

    private static volatile @Nullable Lines recent;

    private final Consumer<Finding> sink;
    private final String rule;
    private final Severity severity;
    private final SqlFile file;
    private final String message;
    private int start;
    private int end;
    private String remedy = "";
    private List<Edit> fix = List.of();
    private boolean fixable = true;

    Draft(Consumer<Finding> sink, LintRule rule, Severity severity, SqlFile file, String message) {
        this.sink = sink;
        this.rule = rule.id();
        this.severity = severity;
        this.file = file;
        this.message = message;
    }

    /** Where, as indexes into the file. */
    Draft at(int from, int to) {
        start = from;
        end = to;
        return this;
    }

    /** What to do, or the SQL to write instead. */
    Draft remedy(String text) {
        remedy = text;
        return this;
    }

    /** Edits of the file that do it. */
    Draft fix(List<Edit> edits) {
        fix = fixable ? edits : List.of();
        return this;
    }

    /** Nothing is rewritten here, whatever a rule offers. */
    Draft withoutFix() {
        fixable = false;
        return this;
    }

    /** Findings come file by file, and counting the lines of a large one for each would take minutes. */
    private static Lines lines(String text) {
        Lines known = recent;
        if (known == null || !known.text().equals(text)) {
            known = Lines.of(text);
            recent = known;
        }
        return known;
    }

    void add() {
        sink.accept(new Finding(
                rule, severity, file.path(), Finding.Range.of(lines(file.text()), start, end), message, remedy, fix));
    }
}
