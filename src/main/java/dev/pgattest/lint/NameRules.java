package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about how relations are named. */
final class NameRules {

    static final List<LintRule> ALL = List.of(LintRule.info("unqualified-table")
            .page(new Page(
                    "A table, view, index or sequence without its schema, in a file that sets no search_path",
                    "Which one is meant, and where a new one lands, depends on the search_path of whoever runs the file.",
                    "Name the schema, or set search_path at the beginning of the file.",
                    "Manual, \"Schemas\", \"The Schema Search Path\"."))
            .onRequest()
            .provedBy(new Proof.Shows(
                    "the table lands in the first schema of the search path of whoever runs the file",
                    "select to_regclass('sales.invoices') is not null"))
            .checks(NameRules::unqualified));

    private static final Set<String> DROPPED =
            Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX", "OBJECT_SEQUENCE");

    private NameRules() {}

    private static void unqualified(Visit visit) {
        boolean decided = visit.session().settings().value("search_path").isPresent();
        if (decided || visit.node().text("objtype").equals("OBJECT_TYPE")) {
            return;
        }
        Statement statement = visit.statement();
        Set<String> common = new HashSet<>();
        statement.node().all("CommonTableExpr").forEach(each -> common.add(each.text("ctename")));
        List<ParseNode> unqualified = new ArrayList<>();
        statement.node().forEach(each -> {
            if (isUnqualified(visit, each) && !common.contains(each.text("relname"))) {
                unqualified.add(each);
            }
        });
        List<Edit> edits = unqualified.stream()
                .map(each -> Edit.insert(statement.offset(location(each)), "public."))
                .toList();
        for (ParseNode each : unqualified) {
            visit.find(location(each), message(each.text("relname")))
                    .remedy(statement.with(edits) + ";")
                    .add();
        }
        dropped(visit);
    }

    private static void dropped(Visit visit) {
        if (!visit.is("DropStmt") || !DROPPED.contains(visit.node().text("removeType"))) {
            return;
        }
        for (ParseNode object : visit.node().list("objects")) {
            List<String> parts = object.names("items");
            if (parts.size() == 1 && !isTemporary(visit, parts)) {
                visit.find(message(parts.get(0)))
                        .remedy("write public." + Identifier.quote(parts.get(0)) + ", or the schema that is meant")
                        .add();
            }
        }
    }

    private static boolean isUnqualified(Visit visit, ParseNode node) {
        String name = node.text("relname");
        // The server's own relations are found before all others.
        return !name.isEmpty()
                && node.text("schemaname").isEmpty()
                && !node.text("relpersistence").equals("t")
                && !name.startsWith("pg_")
                && !isTemporary(visit, List.of(name));
    }

    private static boolean isTemporary(Visit visit, List<String> parts) {
        Optional<KnownTable> table =
                visit.session().objects().table(visit.session().name(parts));
        return table.filter(KnownTable::isTemporary).isPresent();
    }

    /** A node of a typed field has no kind, so that nothing tells that its location may be 0. */
    private static ParseNode location(ParseNode relation) {
        return new ParseNode("RangeVar", relation.fields());
    }

    private static String message(String name) {
        return "which " + Identifier.quote(name) + " is meant depends on the search_path of whoever runs this";
    }
}
