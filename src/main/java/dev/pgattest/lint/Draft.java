package dev.pgattest.lint;

import dev.pgattest.Severity;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A finding while a rule puts it together; nothing is reported before {@link #add()}. */
final class Draft {

    private final Consumer<Pending> sink;
    private final String rule;
    private final Severity severity;
    private final FileOutline file;
    private final String message;
    private int start;
    private int end;
    private String remedy = "";
    private List<Edit> fix = List.of();
    private boolean fixable = true;

    /**
     * A finding that holds as long as all that is known behind the last file does not speak against it.
     *
     * @param finding the finding
     * @param stands what is asked of the objects behind the last file
     */
    record Pending(Finding finding, Predicate<KnownObjects> stands) {}

    Draft(Consumer<Pending> sink, LintRule rule, Severity severity, FileOutline file, String message) {
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

    void add() {
        addIf(last -> true);
    }

    /** Reports it if this is true of what exists behind the last file, undo scripts apart. */
    void addIf(Predicate<KnownObjects> stands) {
        Finding.Range range = Finding.Range.of(file.lines(), start, end);
        sink.accept(new Pending(new Finding(rule, severity, file.file().path(), range, message, remedy, fix), stands));
    }
}
