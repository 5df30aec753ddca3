package dev.pgattest.lint;

import dev.pgattest.lint.AlterTableText.Span;
import dev.pgattest.sql.ParseNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A constraint in the definition of a column that a command adds, so that it can be taken out and written as one of the table.
 *
 * @param command the command
 * @param span where the constraint stands, with {@code deferrable} and the like
 */
record ColumnConstraintText(Command command, Span span) {

    /** Empty when the text is not what was expected. */
    static Optional<ColumnConstraintText> of(Command command, ParseNode constraint) {
        Statement statement = command.visit().statement();
        int start = statement.offset(constraint);
        return command.span().filter(whole -> whole.start() < start).map(whole -> {
            int next = command.alteration().definition().list("constraints").stream()
                    .filter(each -> !each.text("contype").startsWith("CONSTR_ATTR"))
                    .map(statement::offset)
                    .filter(offset -> offset > start)
                    .min(Comparator.naturalOrder())
                    .orElse(whole.end());
            return new ColumnConstraintText(command, new Span(start, next));
        });
    }

    /** {@code alter table t add column ...} without the constraint. */
    String withoutIt() {
        return without(command, List.of(span));
    }

    /** The same without the constraints of some kinds, such as {@code CONSTR_DEFAULT}. */
    static String without(Command command, String... kinds) {
        return without(
                command,
                Stream.of(kinds)
                        .flatMap(kind -> command.ofColumn(kind).stream())
                        .flatMap(constraint -> of(command, constraint).stream())
                        .map(ColumnConstraintText::span)
                        .toList());
    }

    private static String without(Command command, List<Span> spans) {
        Optional<Span> whole = command.span();
        if (whole.isEmpty()) {
            return command.alter(
                    "add column " + Command.quoted(command.addedColumn()) + " " + TypeNames.words(command.addedType()));
        }
        Statement statement = command.visit().statement();
        StringBuilder rest = new StringBuilder();
        int done = whole.get().start();
        for (Span each :
                spans.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            String kept = statement.slice(done, each.start()).strip();
            rest.append(kept).append(kept.isEmpty() ? "" : " ");
            done = each.end();
        }
        rest.append(statement.slice(done, whole.get().end()));
        return command.alter(rest.toString().strip());
    }

    /** The constraint from one of its keywords on, such as {@code references}. */
    String from(String keyword) {
        Statement statement = command.visit().statement();
        int start = statement.words().stream()
                .filter(word -> statement.start() + word.start() >= span.start())
                .filter(word -> word.text(statement.text()).equalsIgnoreCase(keyword))
                .map(word -> statement.start() + word.start())
                .findFirst()
                .orElse(span.start());
        return statement.slice(Math.min(start, span.end()), span.end()).strip();
    }
}
