package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import java.util.List;

/** Rules about commands that write a whole table anew and change none of its rows. */
final class StorageRules {

    private static final String WAIT = " under ACCESS EXCLUSIVE: reads and writes wait until every row is written";

    static final List<LintRule> ALL = List.of(
            LintRule.error("set-access-method")
                    .page(new Page(
                            "SET ACCESS METHOD on a table in use",
                            "PostgreSQL writes the whole table and its indexes anew while it holds ACCESS EXCLUSIVE. A partitioned table"
                                    + " only remembers the method for later partitions.",
                            "Make a new table with the method, copy the rows in batches and let it take the old one's place.",
                            "Manual, ALTER TABLE, SET ACCESS METHOD."))
                    .versions(15, Integer.MAX_VALUE)
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(StorageRules::accessMethod),
            LintRule.error("set-logged-unlogged")
                    .page(new Page(
                            "SET LOGGED or SET UNLOGGED on a table in use",
                            "PostgreSQL writes the whole table and its indexes anew while it holds ACCESS EXCLUSIVE. An unlogged table is"
                                    + " empty after a crash, and on replicas.",
                            "Make it logged or unlogged when it is made. Else copy the rows into a new table in batches and let that take"
                                    + " the old one's place.",
                            "Manual, ALTER TABLE, SET LOGGED."))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(StorageRules::logged),
            LintRule.error("set-tablespace")
                    .page(new Page(
                            "SET TABLESPACE on a table or index in use",
                            "PostgreSQL copies all of its files while it holds ACCESS EXCLUSIVE, even if that takes hours.",
                            "Rebuild an index with REINDEX (TABLESPACE ...) CONCURRENTLY, from PostgreSQL 14 on. Copy a table's rows into a"
                                    + " new table in batches, or let pg_repack move it.",
                            "Manual, ALTER TABLE, SET TABLESPACE."))
                    .provedBy(new Proof.TakesLock(LockMode.ACCESS_EXCLUSIVE, "orders"))
                    .checks(StorageRules::tablespace),
            LintRule.error("vacuum-full")
                    .page(new Page(
                            "VACUUM FULL",
                            "It writes the whole table and its indexes anew while it holds ACCESS EXCLUSIVE: reads and writes wait. Without"
                                    + " a table it does so for every table of the database.",
                            "VACUUM without FULL makes the room usable again while others work. To give it back to the operating system,"
                                    + " use pg_repack or pg_squeeze.",
                            "Manual, VACUUM."))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(StorageRules::vacuum),
            LintRule.error("cluster")
                    .page(new Page(
                            "CLUSTER",
                            "It writes the whole table in the order of an index while it holds ACCESS EXCLUSIVE: reads and writes wait."
                                    + " Later rows do not keep the order.",
                            "Use pg_repack, which orders a table while others work, or an index that has all the columns of the query.",
                            "Manual, CLUSTER."))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(StorageRules::cluster));

    private StorageRules() {}

    private static void accessMethod(Visit visit) {
        for (Command command : Command.of(visit)) {
            if (command.alteration().is("AT_SetAccessMethod")
                    && !command.known().isPartitioned()) {
                String method = command.alteration().name();
                rewrites(command, "SET ACCESS METHOD", method.isEmpty() ? "" : " using " + Command.quoted(method));
            }
        }
    }

    private static void logged(Visit visit) {
        for (Command command : Command.of(visit)) {
            boolean unlogged = command.alteration().is("AT_SetUnLogged");
            if ((unlogged || command.alteration().is("AT_SetLogged"))
                    && !command.known().isPartitioned()) {
                rewrites(command, unlogged ? "SET UNLOGGED" : "SET LOGGED", "");
            }
        }
    }

    private static void rewrites(Command command, String what, String using) {
        boolean unlogged = what.equals("SET UNLOGGED");
        String copy = command.beside(command.tableName() + "_new");
        command.find(what + " rewrites " + command.table() + WAIT)
                .remedy(
                        "create " + (unlogged ? "unlogged " : "") + "table " + copy + " (like " + command.table()
                                + " including all)" + using
                                + ";\n-- copy the rows in batches while a trigger keeps the copy in step; then let both change names")
                .add();
    }

    private static void tablespace(Visit visit) {
        if (visit.is("AlterTableMoveAllStmt")) {
            visit.find(
                            "SET TABLESPACE copies every file of the tablespace under ACCESS EXCLUSIVE: reads and writes wait until it"
                                    + " is done")
                    .remedy("move one table or index at a time, each by a copy that is made while others work")
                    .add();
            return;
        }
        boolean index = visit.node().text("objtype").equals("OBJECT_INDEX");
        boolean created = index
                ? visit.session().isOnNewTable(visit.relation())
                : visit.session().isNew(visit.relation());
        for (Alteration each : Alteration.of(visit.node())) {
            boolean partitioned =
                    visit.session().objects().seen(visit.relation()).isPartitioned();
            if (each.is("AT_SetTableSpace") && !created && !partitioned) {
                String space = Command.quoted(each.name());
                visit.find("SET TABLESPACE copies " + visit.shown()
                                + " under ACCESS EXCLUSIVE: reads and writes wait until it is done")
                        .remedy(
                                index
                                        ? "reindex (tablespace " + space + ") index concurrently " + visit.shown() + ";"
                                        : "create table " + visit.shownBeside("_new") + " (like " + visit.shown()
                                                + " including all) tablespace " + space
                                                + ";\n-- copy the rows in batches; then let both change names")
                        .add();
            }
        }
    }

    private static void vacuum(Visit visit) {
        List<ParseNode> tables = visit.node().list("rels");
        boolean full = visit.is("VacuumStmt")
                && visit.node().flag("is_vacuumcmd")
                && Options.isOn(visit.node().list("options"), "full");
        boolean created = !tables.isEmpty()
                && tables.stream().allMatch(each -> visit.session().isNew(visit.name(each.child("relation"))));
        if (full && !created) {
            String names = String.join(
                    ", ",
                    tables.stream()
                            .map(each -> visit.shown(each.child("relation")))
                            .toList());
            String what = names.isEmpty() ? "every table of the database" : names;
            visit.find("VACUUM FULL rewrites " + what + WAIT)
                    .remedy("vacuum (analyze)" + (names.isEmpty() ? "" : " " + names)
                            + ";\n-- or pg_repack, to give the room back to the operating system")
                    .add();
        }
    }

    private static void cluster(Visit visit) {
        if (!visit.is("ClusterStmt")) {
            return;
        }
        boolean all = !visit.node().has("relation");
        if (all || !visit.session().isNew(visit.relation())) {
            String table = all ? "every table that was clustered before" : visit.shown();
            visit.find("CLUSTER rewrites " + table + WAIT)
                    .remedy(
                            all
                                    ? "run pg_repack for each table"
                                    : "run pg_repack --table=" + table
                                            + ", which puts the table in order while others work")
                    .add();
        }
    }
}
