package dev.pgattest.lint;

import dev.pgattest.lint.AlterTableText.Span;
import dev.pgattest.sql.ParseNode;
import java.util.Comparator;
import java.util.Optional;

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
        Span whole = command.span().orElse(span);
        Statement statement = command.visit().statement();
        String rest = statement.slice(whole.start(), span.start()).stripTrailing() + " "
                + statement.slice(span.end(), whole.end());
        return command.alter(rest.strip());
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
