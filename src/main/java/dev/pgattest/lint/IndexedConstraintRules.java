package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules about constraints that stand on an index. */
final class IndexedConstraintRules {

    private static final String SOURCE = "Manual, ALTER TABLE, ADD table_constraint_using_index.";

    static final List<LintRule> ALL = List.of(
            LintRule.error("add-unique-constraint-without-index")
                    .page(new Page(
                            "A UNIQUE constraint that is added without USING INDEX",
                            "Its index is built while ACCESS EXCLUSIVE is held on the table: reads and writes wait until it is complete."
                                    + " A duplicate ends the build.",
                            "Build a unique index with CREATE UNIQUE INDEX CONCURRENTLY, then make it the constraint's with USING INDEX,"
                                    + " which reads nothing. A partitioned table takes no USING INDEX: build unique indexes on the"
                                    + " partitions and attach them to one of the parent.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(IndexedConstraintRules::unique),
            LintRule.error("add-primary-key-without-index")
                    .page(new Page(
                            "A primary key that is added without USING INDEX, or on a column that may be NULL",
                            "Its index is built while ACCESS EXCLUSIVE is held on the table: reads and writes wait until it is complete."
                                    + " With USING INDEX, a column that is not NOT NULL yet still makes PostgreSQL read all rows under that"
                                    + " lock.",
                            "Make the columns NOT NULL first, by a validated CHECK. Build a unique index with CREATE UNIQUE INDEX"
                                    + " CONCURRENTLY, then make it the key's with USING INDEX, which reads nothing.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "visits"))
                    .checks(IndexedConstraintRules::primary),
            LintRule.error("add-exclusion-constraint")
                    .page(new Page(
                            "An exclusion constraint, or a key WITHOUT OVERLAPS, that is added to a table in use",
                            "Its index is built while ACCESS EXCLUSIVE is held on the table: reads and writes wait until it is complete."
                                    + " Such a constraint can be neither NOT VALID nor USING INDEX, so there is no way around the lock.",
                            "Give a new table the constraint from the beginning, copy the rows into it in batches and let it take the"
                                    + " old one's place; or add it while nobody uses the table, under a lock_timeout.",
                            "Manual, ALTER TABLE and CREATE TABLE, EXCLUDE."))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "bookings"))
                    .checks(IndexedConstraintRules::exclusion));

    private IndexedConstraintRules() {}

    private static boolean buildsIndex(ParseNode constraint) {
        return constraint.text("indexname").isEmpty() && !constraint.flag("without_overlaps");
    }

    private static void unique(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            if (each.adds("CONSTR_UNIQUE") && buildsIndex(each.definition())) {
                build(command, each.definition(), "unique", "");
            } else if (each.is("AT_AddColumn")) {
                command.ofColumn("CONSTR_UNIQUE").ifPresent(constraint -> ofColumn(command, constraint, "unique"));
            }
        }
    }

    private static void primary(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            if (each.adds("CONSTR_PRIMARY") && buildsIndex(each.definition())) {
                String steps = each.definition().names("keys").stream()
                        .filter(column -> !NotNullRules.isShown(command, column))
                        .map(column -> NotNullRules.steps(command, column) + "\n")
                        .collect(Collectors.joining());
                build(command, each.definition(), "primary key", steps);
            } else if (each.adds("CONSTR_PRIMARY") && !each.definition().flag("without_overlaps")) {
                nullable(command, each.definition());
            } else if (each.is("AT_AddColumn")) {
                command.ofColumn("CONSTR_PRIMARY")
                        .ifPresent(constraint -> ofColumn(command, constraint, "primary key"));
            }
        }
    }

    private static void build(Command command, ParseNode constraint, String kind, String before) {
        Draft draft = command.find(message(command, constraint, kind, ""));
        if (command.known().isPartitioned()) {
            draft.remedy(onPartitions(command, constraint)).add();
            return;
        }
        String steps = before + usingIndex(command, constraint, kind, constraint.names("keys"), "");
        draft.remedy(steps);
        if (!command.visit().inTransaction()
                && command.isAlone()
                && command.visit().mayBeReplaced()) {
            Statement statement = command.visit().statement();
            draft.fix(List.of(new Edit(statement.start(), statement.end(), steps.substring(0, steps.length() - 1))));
        }
        draft.add();
    }

    private static String message(Command command, ParseNode constraint, String kind, String column) {
        String name = Command.quoted(ConstraintNames.of(command.tableName(), constraint, column));
        return "adding the " + kind + " constraint " + name
                + " builds its index under ACCESS EXCLUSIVE: reads and writes of " + command.table()
                + " wait until it is complete";
    }

    private static String usingIndex(
            Command command, ParseNode constraint, String kind, List<String> columns, String column) {
        String name = Command.quoted(ConstraintNames.of(command.tableName(), constraint, column));
        String included = Command.quoted(constraint.names("including"));
        String space = constraint.text("indexspace");
        return "create unique index concurrently " + name + " on " + command.table() + " (" + Command.quoted(columns)
                + ")"
                + (included.isEmpty() ? "" : " include (" + included + ")")
                + (constraint.flag("nulls_not_distinct") ? " nulls not distinct" : "") + storage(command, constraint)
                + (space.isEmpty() ? "" : " tablespace " + Command.quoted(space)) + ";\n"
                + command.alter("add constraint " + name + " " + kind + " using index " + name
                        + (constraint.flag("deferrable") ? " deferrable" : "")
                        + (constraint.flag("initdeferred") ? " initially deferred" : ""));
    }

    /** {@code with (fillfactor = 70)} as the command writes it. */
    private static String storage(Command command, ParseNode constraint) {
        if (constraint.list("options").isEmpty()) {
            return "";
        }
        Statement statement = command.visit().statement();
        int start = statement.offset(constraint);
        return statement
                .parenthesized(start, "with")
                .map(parameters -> " with " + parameters)
                .orElse("");
    }

    private static void ofColumn(Command command, ParseNode constraint, String kind) {
        String column = command.addedColumn();
        String added = ColumnConstraintText.of(command, constraint)
                .map(ColumnConstraintText::withoutIt)
                .orElse(command.alter(
                        "add column " + Command.quoted(column) + " " + TypeNames.words(command.addedType())));
        String filled = kind.equals("unique")
                ? ""
                : "-- fill it in batches; then:\n" + NotNullRules.steps(command, column) + "\n";
        command.find(message(command, constraint, kind, column))
                .remedy(added + "\n" + filled + usingIndex(command, constraint, kind, List.of(column), column))
                .add();
    }

    private static String onPartitions(Command command, ParseNode constraint) {
        String name = ConstraintNames.of(command.tableName(), constraint, "");
        String included = Command.quoted(constraint.names("including"));
        String columns = Command.quoted(constraint.names("keys")) + ")"
                + (included.isEmpty() ? "" : " include (" + included + ")")
                + (constraint.flag("nulls_not_distinct") ? " nulls not distinct" : "") + storage(command, constraint);
        String index = command.beside(name);
        return "create unique index " + Command.quoted(name) + " on only " + command.table() + " (" + columns + ";\n"
                + "-- for each partition, here called partition_1; the parent's index is valid when all are attached:\n"
                + "create unique index concurrently partition_1_key on partition_1 (" + columns + ";\n"
                + "alter index " + index + " attach partition partition_1_key;";
    }

    /** The columns of an index that becomes a primary key, where it is known that one may be NULL. */
    private static void nullable(Command command, ParseNode constraint) {
        Visit visit = command.visit();
        String index = constraint.text("indexname");
        QualifiedName name = new QualifiedName(visit.relation().schema(), index);
        List<String> columns = visit.session().objects().index(name).map(KnownIndex::definition).stream()
                .flatMap(definition -> definition.list("indexParams").stream())
                .map(element -> element.text("name"))
                .toList();
        Optional<String> first = columns.stream()
                .filter(column ->
                        command.known().column(column).map(Column::name).isPresent())
                .filter(column -> !NotNullRules.isShown(command, column))
                .findFirst();
        first.ifPresent(column -> command.find("the column " + Identifier.quote(column)
                        + " may be NULL, so that the primary key reads all of " + command.table()
                        + " under ACCESS EXCLUSIVE: reads and writes wait until every row is checked")
                .remedy(NotNullRules.steps(command, column) + "\n"
                        + command.visit().statement().text() + ";")
                .add());
    }

    private static void exclusion(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            boolean overlaps = each.is("AT_AddConstraint") && each.definition().flag("without_overlaps");
            if (each.adds("CONSTR_EXCLUSION") || overlaps) {
                String name = Command.quoted(ConstraintNames.of(command.tableName(), each.definition(), ""));
                String table = command.table();
                command.find("adding " + name
                                + " builds its index under ACCESS EXCLUSIVE, and it can be neither NOT VALID nor"
                                + " USING INDEX: reads and writes of " + table + " wait until it is complete")
                        .remedy("make a new table with the constraint, copy the rows of " + table
                                + " into it in batches, then rename both in one transaction; or run this while nobody uses "
                                + table
                                + ", under a lock_timeout")
                        .add();
            }
        }
    }
}
