package dev.pgattest.lint;

import dev.pgattest.lint.AlterTableText.Span;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule at one command of an {@code ALTER TABLE} of a table that others may be using.
 *
 * @param visit the rule at the statement
 * @param alteration the command
 * @param ordinal which one
 * @param text where the commands stand; empty when that is not known
 */
record Command(Visit visit, Alteration alteration, int ordinal, Optional<AlterTableText> text) {

    /** The commands that matter: of tables, and no column that is there already. */
    static List<Command> of(Visit visit) {
        List<Alteration> alterations =
                visit.node().text("objtype").equals("OBJECT_TABLE") ? visit.alterationsOfOldTable() : List.of();
        if (alterations.isEmpty()) {
            return List.of();
        }
        Optional<AlterTableText> text = AlterTableText.of(visit.statement());
        List<Command> commands = new ArrayList<>();
        for (Alteration each : alterations) {
            Command command = new Command(visit, each, commands.size(), text);
            commands.add(command);
        }
        return commands.stream().filter(each -> !each.changesNothing()).toList();
    }

    /** Those that add columns. */
    static List<Command> addingColumns(Visit visit) {
        return of(visit).stream()
                .filter(each -> each.alteration().is("AT_AddColumn"))
                .toList();
    }

    private boolean changesNothing() {
        return alteration.is("AT_AddColumn")
                && alteration.node().flag("missing_ok")
                && known().column(addedColumn()).isPresent();
    }

    /** What is known of the table. */
    KnownTable known() {
        return visit.session().objects().seen(visit.relation());
    }

    /** The table as the user wrote it. */
    String table() {
        return visit.shown();
    }

    /** The table's name for names made from it. */
    String tableName() {
        return visit.node().child("relation").text("relname");
    }

    /** {@code alter table a.t}, as the user wrote it. */
    String head() {
        return text.map(AlterTableText::head).orElse(visit.statement().keyword("alter table") + " " + table());
    }

    /** Another {@code ALTER TABLE} of the same table. */
    String alter(String command) {
        return head() + " " + command + ";";
    }

    /** The name of the column that it adds. */
    String addedColumn() {
        return alteration.definition().text("colname");
    }

    /** A constraint of the column that it adds, such as {@code CONSTR_DEFAULT}. */
    Optional<ParseNode> ofColumn(String kind) {
        return alteration.definition().list("constraints").stream()
                .filter(each -> each.text("contype").equals(kind))
                .findFirst();
    }

    /** The type of the column that it adds, in the catalog's words. */
    String addedType() {
        return TypeNames.text(alteration.definition().child("typeName"));
    }

    /** A name in the schema in which the statement names the table. */
    String beside(String name) {
        String schema = visit.node().child("relation").text("schemaname");
        return new QualifiedName(schema.isEmpty() ? null : schema, name).sql();
    }

    /** A finding about this command. */
    Draft find(String message) {
        Draft draft = visit.find(message);
        return text.map(place -> place.commands().get(ordinal))
                .map(span -> draft.at(span.start(), span.end()))
                .orElse(draft);
    }

    /** Where it stands. */
    Optional<Span> span() {
        return text.map(place -> place.commands().get(ordinal));
    }

    /** Whether the statement has no other command. */
    boolean isAlone() {
        return Alteration.of(visit.node()).size() == 1;
    }

    /** An identifier as SQL writes it. */
    static String quoted(String name) {
        return Identifier.quote(name);
    }

    /** Identifiers as SQL lists them. */
    static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Identifier::quote).toList());
    }

    /** A name without the schema that the search path finds by itself. */
    static String shown(Visit visit, QualifiedName name) {
        boolean found = visit.session().name(List.of(name.name())).equals(name);
        return (found ? new QualifiedName(null, name.name()) : name).sql();
    }
}
