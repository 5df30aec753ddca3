package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule about foreign keys that no index helps. */
final class ForeignKeyIndexRules {

    static final List<LintRule> ALL = List.of(LintRule.warning("foreign-key-without-index")
            .page(new Page(
                    "A foreign key whose columns no index begins with",
                    "Each DELETE of a referenced row, and each UPDATE of its key, reads the whole referencing table to see whether a row"
                            + " still refers to it, and holds its locks meanwhile. Joins along the key have no index either.",
                    "Build an index that begins with the columns of the key, in any order. It may come in a later file of the same run;"
                            + " tables that the files do not make are not judged.",
                    "Manual, \"Constraints\", \"Foreign Keys\"."))
            .provedBy(new Proof.Shows(
                    "there is a foreign key of `orders` whose column is the first of no index",
                    "select exists (select from pg_constraint c where contype = 'f' and conrelid = 'orders'::regclass and not exists"
                            + " (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]))"))
            .checks(ForeignKeyIndexRules::check));

    private ForeignKeyIndexRules() {}

    private static void check(Visit visit) {
        if (visit.is("CreateStmt")) {
            QualifiedName table = visit.session().newName(visit.node().child("relation"));
            for (ParseNode element : visit.node().list("tableElts")) {
                if (element.is("Constraint")) {
                    key(visit, element, element.names("fk_attrs"), table);
                } else if (element.is("ColumnDef")) {
                    ofColumn(visit, element, table);
                }
            }
        }
        for (Alteration each : Alteration.of(visit.node())) {
            if (each.is("AT_AddColumn")) {
                ofColumn(visit, each.definition(), visit.relation());
            } else if (each.is("AT_AddConstraint") && isMade(visit, each.definition())) {
                key(visit, each.definition(), each.definition().names("fk_attrs"), visit.relation());
            }
        }
    }

    /** Of a table that the files have not made, the columns that they have added are known, and the indexes on them. */
    private static boolean isMade(Visit visit, ParseNode constraint) {
        KnownTable known = visit.session().objects().seen(visit.relation());
        boolean made = visit.session().objects().table(visit.relation()).isPresent();
        return made
                || constraint.names("fk_attrs").stream()
                        .anyMatch(column -> known.column(column).isPresent() || isAddedHere(visit, column));
    }

    private static boolean isAddedHere(Visit visit, String column) {
        return Alteration.of(visit.node()).stream()
                .anyMatch(each -> each.is("AT_AddColumn")
                        && each.definition().text("colname").equals(column));
    }

    private static void ofColumn(Visit visit, ParseNode column, QualifiedName table) {
        for (ParseNode constraint : column.list("constraints")) {
            key(visit, constraint, List.of(column.text("colname")), table);
        }
    }

    private static void key(Visit visit, ParseNode constraint, List<String> columns, QualifiedName table) {
        boolean temporary = visit.session()
                        .objects()
                        .table(table)
                        .map(KnownTable::isTemporary)
                        .orElse(false)
                || visit.node().child("relation").text("relpersistence").equals("t");
        if (!constraint.text("contype").equals("CONSTR_FOREIGN") || temporary) {
            return;
        }
        String name = ConstraintNames.of(table.name(), constraint, columns.size() == 1 ? columns.get(0) : "");
        if (helps(visit.session().objects(), table, columns)) {
            return;
        }
        String shown = visit.shown();
        String index = table.name() + "_" + String.join("_", columns) + "_idx";
        visit.find(
                        constraint,
                        "no index of " + shown + " begins with " + Command.quoted(columns) + ": each DELETE in "
                                + visit.shown(constraint.child("pktable")) + " reads all of " + shown
                                + " for the foreign key "
                                + Command.quoted(name))
                .remedy(remedy(visit, table, Command.quoted(columns), index))
                .addIf(last -> !helps(last, table, columns) && remains(last, table, name));
    }

    private static String remedy(Visit visit, QualifiedName table, String columns, String index) {
        boolean made = visit.is("CreateStmt") || visit.session().isNew(table);
        boolean partitioned = visit.session().objects().seen(table).isPartitioned();
        return made || !partitioned
                ? "create index " + (made ? "" : "concurrently ") + Command.quoted(index) + " on " + visit.shown()
                        + " (" + columns + ");"
                : PartitionedIndex.steps(visit, index, columns);
    }

    /** Whether the table still has the key behind the last file; one that is not known any more has been dropped or renamed. */
    private static boolean remains(KnownObjects last, QualifiedName table, String key) {
        return last.seen(table).constraints().values().stream()
                .anyMatch(each -> each.isA("CONSTR_FOREIGN") && each.name().equals(key));
    }

    private static boolean helps(KnownObjects objects, QualifiedName table, List<String> columns) {
        Optional<QualifiedName> parent = Optional.ofNullable(objects.seen(table).parent());
        return objects.indexesOf(table).stream().anyMatch(index -> begins(index.definition(), columns))
                || parent.filter(each -> helps(objects, each, columns)).isPresent();
    }

    private static boolean begins(ParseNode index, List<String> columns) {
        String method = index.text("accessMethod");
        boolean usable = method.isEmpty() || method.equals("btree") || (method.equals("hash") && columns.size() == 1);
        List<String> keys = index.has("indexParams")
                ? index.list("indexParams").stream()
                        .map(each -> each.text("name"))
                        .toList()
                : index.names("keys");
        Set<String> wanted = new HashSet<>(columns);
        return usable
                && keys.size() >= wanted.size()
                && new HashSet<>(keys.subList(0, wanted.size())).equals(wanted)
                && isForAllKeys(index.child("whereClause"), wanted);
    }

    /** A row without the key refers to nothing, so an index may leave it out. */
    private static boolean isForAllKeys(ParseNode predicate, Set<String> columns) {
        return !predicate.isPresent()
                || Expressions.conjuncts(predicate).stream()
                        .allMatch(each -> columns.stream().anyMatch(column -> Expressions.refusesNull(each, column)));
    }
}
