package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rules about what deletes data. */
final class DataRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("drop-table")
                    .page(new Page(
                            "DROP TABLE of a table that this file has not made",
                            "The rows are gone, with the table's indexes, triggers, policies and grants, and with CASCADE the views and"
                                    + " foreign keys that depend on it. Programs that still use it fail at once.",
                            "Move the table to a schema that no program looks into. What still needs it shows at once, and it is back"
                                    + " in an instant. Drop it when nothing has missed it. Undo scripts are exempt.",
                            "Manual, DROP TABLE."))
                    .provedBy(
                            new Proof.Shows(
                                    "no table of that name is left in any schema",
                                    "select not exists (select from pg_catalog.pg_class where relname = 'notes' and relkind = 'r')"))
                    .checks(DataRules::dropTable),
            LintRule.error("drop-column")
                    .page(new Page(
                            "DROP COLUMN on a table that this file has not made",
                            "The values are gone, and every index that mentions the column goes with it, also one of several columns or"
                                    + " one whose predicate mentions it; with CASCADE also views, policies and foreign keys that depend on it."
                                    + " Programs that still name the column fail.",
                            "Release programs that no longer name the column, make the indexes anew that are still needed, and drop the"
                                    + " column in a later release. Undo scripts are exempt.",
                            "Manual, ALTER TABLE, \"DROP COLUMN\"."))
                    .provedBy(new Proof.Shows(
                            "the index of two columns is gone, though only one of them was dropped",
                            "select to_regclass('orders_status_note') is null"))
                    .checks(DataRules::dropColumn),
            LintRule.error("drop-schema")
                    .page(new Page(
                            "DROP SCHEMA ... CASCADE",
                            "Every table of the schema goes with its rows, and so does what other schemas have that depends on them.",
                            "Move out what is still needed, drop the rest by name, and drop the schema without CASCADE: that fails as"
                                    + " long as anything is in it.",
                            "Manual, DROP SCHEMA."))
                    .provedBy(new Proof.Shows(
                            "no table of that name is left in any schema",
                            "select not exists (select from pg_catalog.pg_class where relname = 'daily')"))
                    .checks(DataRules::dropSchema),
            LintRule.error("drop-database")
                    .page(new Page(
                            "DROP DATABASE",
                            "All data of the database is gone. It cannot be rolled back, for it does not run in a transaction.",
                            "Allow no connections to it until its dump has been restored and checked elsewhere, and drop it by hand.",
                            "Manual, DROP DATABASE."))
                    .provedBy(
                            new Proof.Shows(
                                    "the database is gone",
                                    "select not exists (select from pg_catalog.pg_database where datname = 'pgattest_lint_archive')"))
                    .checks(DataRules::dropDatabase),
            LintRule.error("truncate")
                    .page(new Page(
                            "TRUNCATE of a table that this file has not made",
                            "All rows are gone. With CASCADE so are those of every table that refers to it by a foreign key, whatever its"
                                    + " ON DELETE says. Meanwhile reads and writes wait, and no DELETE trigger fires.",
                            "Delete the rows that are meant, in batches.",
                            "Manual, TRUNCATE."))
                    .provedBy(new Proof.Shows(
                            "the table that refers to it is empty too", "select not exists (select from order_lines)"))
                    .checks(DataRules::truncate),
            LintRule.error("delete-or-update-without-where")
                    .page(new Page(
                            "DELETE or UPDATE of every row of a table that this file has not made",
                            "It deletes or changes every row. Each stays locked until the transaction ends, so that others who write to it"
                                    + " wait, and an UPDATE leaves a dead copy of each.",
                            "Say which rows with WHERE, and take a large table in batches, each in a transaction of its own.",
                            "Manual, DELETE, UPDATE, and \"Routine Vacuuming\"."))
                    .provedBy(new Proof.Shows("no row is left", "select not exists (select from orders)"))
                    .checks(DataRules::withoutWhere),
            LintRule.error("duplicate-column-assignment")
                    .page(new Page(
                            "One UPDATE assigns twice to the same column",
                            "The statement fails, and what stands before it in its transaction is taken back.",
                            "Assign once; where each value holds for other rows, write a CASE or two statements.",
                            "transformUpdateTargetList and checkInsertTargets in parse_target.c and analyze.c."))
                    .provedBy(new Proof.Fails("42601"))
                    .alsoInRoutines()
                    .checks(DataRules::assignedTwice));

    private DataRules() {}

    private static void assignedTwice(Visit visit) {
        List<ParseNode> updates = new ArrayList<>(visit.node().all("UpdateStmt"));
        visit.node().all("InsertStmt").forEach(insert -> updates.add(insert.child("onConflictClause")));
        for (ParseNode update : updates) {
            Set<String> assigned = new HashSet<>();
            for (ParseNode target : update.list("targetList")) {
                // A part of an array or of a composite value may be assigned beside another part.
                boolean whole = target.list("indirection").isEmpty();
                if (whole && !assigned.add(target.text("name"))) {
                    visit.find(
                                    target,
                                    "the column " + Identifier.quote(target.text("name"))
                                            + " is assigned twice, so the statement fails")
                            .remedy("keep one of the assignments to " + Identifier.quote(target.text("name")))
                            .add();
                }
            }
        }
    }

    private static void dropTable(Visit visit) {
        ParseNode node = visit.node();
        if (!visit.is("DropStmt") || !node.text("removeType").equals("OBJECT_TABLE") || visit.inUndo()) {
            return;
        }
        for (ParseNode object : node.list("objects")) {
            QualifiedName name = SessionChanges.objectName(visit.session(), object);
            if (visit.session().isNew(name)) {
                continue;
            }
            String table = visit.shown(object.names("items"));
            visit.find("DROP TABLE deletes the rows of " + table
                            + goesWith(visit.session().objects().indexesOf(name))
                            + (cascades(node) ? "; CASCADE drops the views and foreign keys that depend on it" : "")
                            + "; programs that still use it fail")
                    .remedy("create schema if not exists retired;\nalter table " + table
                            + " set schema retired;\n-- and when nothing has missed it, in a later release:\n"
                            + "-- drop table " + new QualifiedName("retired", name.name()).sql() + ";")
                    .add();
        }
    }

    private static void dropColumn(Visit visit) {
        if (visit.inUndo()) {
            return;
        }
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            boolean added = command.known()
                    .column(each.name())
                    .filter(known -> known.origin().file() == visit.session().fileOrdinal())
                    .isPresent();
            if (!each.is("AT_DropColumn") || added) {
                continue;
            }
            String column = Identifier.quote(each.name());
            List<KnownIndex> indexes = visit.session().objects().indexesOf(visit.relation()).stream()
                    .filter(index -> index.mentions(each.name()))
                    .toList();
            visit.find("DROP COLUMN deletes " + column + " of " + visit.shown() + goesWith(indexes)
                            + (cascades(each.node()) ? "; CASCADE drops the views and keys that depend on it" : "")
                            + "; programs that still name it fail")
                    .remedy(rest(command) + "comment on column " + visit.shown() + "." + column
                            + " is 'no longer used';\n"
                            + "-- and when no program names it any more, in a later release:\n-- "
                            + command.alter(dropped(command, column)).replace("\n", "\n-- "))
                    .add();
        }
    }

    private static String dropped(Command command, String column) {
        return command.text().map(text -> text.text(command.ordinal())).orElse("drop column " + column);
    }

    /** What else the statement does; empty for nothing. */
    private static String rest(Command command) {
        List<Alteration> all = Alteration.of(command.visit().node());
        List<String> others = command.text().stream()
                .flatMap(text -> IntStream.range(0, all.size())
                        .filter(index -> !all.get(index).is("AT_DropColumn"))
                        .mapToObj(text::text))
                .toList();
        return others.isEmpty() ? "" : command.alter(String.join(", ", others)) + "\n";
    }

    private static void dropSchema(Visit visit) {
        ParseNode node = visit.node();
        // Without CASCADE only an empty schema can be dropped.
        if (!visit.is("DropStmt")
                || !node.text("removeType").equals("OBJECT_SCHEMA")
                || !cascades(node)
                || visit.inUndo()) {
            return;
        }
        for (ParseNode object : node.list("objects")) {
            boolean isNew = visit.session()
                    .objects()
                    .schema(object.name())
                    .filter(origin -> origin.file() == visit.session().fileOrdinal())
                    .isPresent();
            if (isNew) {
                continue;
            }
            String schema = new QualifiedName(null, object.name()).sql();
            String tables = visit.session().objects().tables().stream()
                    .filter(table -> object.name().equals(table.name().schema()))
                    .map(table -> table.name().sql())
                    .collect(Collectors.joining(", "));
            visit.find("DROP SCHEMA ... CASCADE deletes every table of " + schema
                            + (tables.isEmpty() ? "" : " (" + tables + ")")
                            + " with its rows, and what depends on them elsewhere")
                    .remedy("drop schema " + schema + ";\n-- it fails as long as anything is in it:"
                            + " move out what is needed with alter table ... set schema, drop the rest by name")
                    .add();
        }
    }

    private static void dropDatabase(Visit visit) {
        if (visit.is("DropdbStmt")) {
            String database = new QualifiedName(null, visit.node().text("dbname")).sql();
            visit.find("DROP DATABASE deletes all data of " + database + ", and nothing can roll it back")
                    .remedy("alter database " + database + " with allow_connections false;")
                    .add();
        }
    }

    private static void truncate(Visit visit) {
        if (!visit.is("TruncateStmt")) {
            return;
        }
        for (ParseNode relation : visit.node().list("relations")) {
            QualifiedName name = visit.name(relation);
            if (visit.session().isNew(name)) {
                continue;
            }
            String table = visit.shown(relation);
            String further = cascades(visit.node()) ? "; CASCADE empties " + referring(visit.session(), name) : "";
            visit.find(relation, "TRUNCATE deletes all rows of " + table + further)
                    .remedy("delete from " + table + " where " + key(visit.session(), name)
                            + " between 1 and 10000;\n-- and so on, each in a transaction of its own")
                    .add();
        }
    }

    /** The tables that refer to one, directly or by others between them, as far as they are known. */
    private static String referring(Session session, QualifiedName table) {
        Set<QualifiedName> reached = new LinkedHashSet<>(List.of(table));
        boolean more = true;
        while (more) {
            more = reached.addAll(session.objects().tables().stream()
                    .filter(each -> each.constraints().values().stream()
                            .filter(constraint -> constraint.isA("CONSTR_FOREIGN"))
                            .anyMatch(key -> reached.contains(
                                    session.name(key.definition().child("pktable")))))
                    .map(KnownTable::name)
                    .toList());
        }
        reached.remove(table);
        String all = "every table that refers to it by a foreign key";
        return reached.isEmpty()
                ? all
                : all + ": " + reached.stream().map(QualifiedName::sql).collect(Collectors.joining(", "));
    }

    private static void withoutWhere(Visit visit) {
        boolean data =
                visit.is("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CreateTableAsStmt");
        if (!data) {
            return;
        }
        for (ParseNode node : visit.node().all("DeleteStmt", "UpdateStmt")) {
            ParseNode relation = node.child("relation");
            QualifiedName name = visit.name(relation);
            if (!EveryRow.isMeant(node.child("whereClause")) || visit.session().isNew(name)) {
                continue;
            }
            boolean deletes = node.is("DeleteStmt");
            EveryRow everyRow = new EveryRow(visit.statement(), node);
            visit.find((deletes ? "DELETE removes" : "UPDATE changes") + " every row of " + visit.shown(relation)
                            + " and keeps each locked until the transaction ends")
                    .at(everyRow.start(), visit.statement().end())
                    .remedy(everyRow.inBatches(key(visit.session(), name))
                            + ";\n-- and so on, each in a transaction of its own")
                    .add();
        }
    }

    /** The column that is the primary key; {@code id} when nothing tells. */
    private static String key(Session session, QualifiedName table) {
        return session.objects().table(table).map(KnownTable::constraints).orElse(java.util.Map.of()).values().stream()
                .filter(constraint -> constraint.isA("CONSTR_PRIMARY"))
                .map(constraint -> ConstraintNames.columns(constraint.definition()))
                .filter(columns -> columns.size() == 1)
                .map(columns -> new QualifiedName(null, columns.get(0)).sql())
                .findFirst()
                .orElse("id");
    }

    private static boolean cascades(ParseNode node) {
        return node.text("behavior").equals("DROP_CASCADE");
    }

    private static String goesWith(List<KnownIndex> indexes) {
        return indexes.isEmpty()
                ? ""
                : (indexes.size() == 1 ? ", with its index " : ", with its indexes ")
                        + indexes.stream()
                                .map(index ->
                                        new QualifiedName(null, index.name().name()).sql())
                                .collect(Collectors.joining(", "));
    }
}
