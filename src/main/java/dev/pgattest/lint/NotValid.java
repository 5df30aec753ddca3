package dev.pgattest.lint;

import dev.pgattest.lint.AlterTableText.Span;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a constraint is added in two steps: without a look at the rows, and then with one under a weak lock. */
final class NotValid {

    static final String APART = "-- in a transaction of its own, so that no strong lock is held while it reads:\n";

    private NotValid() {}

    /** Adds to a finding about a constraint of the table how to write it instead. */
    static void suggest(Command command, Draft draft) {
        Visit visit = command.visit();
        Statement statement = visit.statement();
        ParseNode constraint = command.alteration().definition();
        String name = name(command, constraint, "");
        String validate = command.head() + " " + statement.keyword("validate constraint") + " " + Command.quoted(name);
        List<Edit> edits = edits(command, constraint, name);
        draft.remedy(statement.with(edits) + ";\n" + (visit.inTransaction() ? APART : "") + validate + ";");
        if (!visit.inTransaction() && !edits.isEmpty()) {
            edits.add(visit.file().around().behind(statement, validate));
            draft.fix(edits);
        }
    }

    /** Adds the same for a constraint in the definition of a column; {@code body} writes it as one of the table. */
    static void suggestForColumn(Command command, ParseNode constraint, String keyword, Draft draft) {
        Optional<ColumnConstraintText> text = ColumnConstraintText.of(command, constraint);
        String column = command.addedColumn();
        String name = Command.quoted(name(command, constraint, column));
        String body = text.map(each -> each.from(keyword)).orElse(keyword + " ...");
        String start = keyword.equals("references") ? "foreign key (" + Command.quoted(column) + ") " : "";
        draft.remedy(text.map(ColumnConstraintText::withoutIt).orElse("") + "\n"
                + command.alter("add constraint " + name + " " + start + body + " not valid") + "\n"
                + (command.visit().inTransaction() ? APART : "") + command.alter("validate constraint " + name));
    }

    private static List<Edit> edits(Command command, ParseNode constraint, String name) {
        List<Edit> edits = new ArrayList<>();
        Statement statement = command.visit().statement();
        Optional<Span> span = command.span();
        if (span.isPresent()) {
            if (constraint.text("conname").isEmpty()) {
                String given = statement.keyword("constraint") + " " + Command.quoted(name) + " ";
                edits.add(Edit.insert(statement.offset(constraint), given));
            }
            edits.add(Edit.insert(span.get().end(), " " + statement.keyword("not valid")));
        }
        return edits;
    }

    /** The constraint's name, or one that the table's known constraints leave free. */
    static String name(Command command, ParseNode constraint, String column) {
        String name = ConstraintNames.of(command.tableName(), constraint, column);
        return constraint.text("conname").isEmpty() ? free(command, name) : name;
    }

    /** A name that the table's known constraints leave free. */
    static String free(Command command, String name) {
        String free = name;
        for (int number = 1; command.known().constraints().containsKey(free); number++) {
            free = name + number;
        }
        return free;
    }
}
