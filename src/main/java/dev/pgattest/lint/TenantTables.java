package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.lint.KnownTable.RowSecurity;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tables with rows of several tenants, judged at the end of the last file that touches them. */
final class TenantTables {

    private static final String ROW_SECURITY = "row level security";
    private static final List<String> CATALOGS = List.of("pg_class", "pg_tables", "information_schema");
    private static final Set<String> DROPS_OF_TABLES = Set.of("OBJECT_TABLE");
    private static final Set<String> DROPS_ON_TABLES = Set.of("OBJECT_POLICY", "OBJECT_TRIGGER");

    private TenantTables() {}

    static void unprotected(FileEnd end) {
        String tenant = end.settings().tenantColumn();
        if (tenant == null || end.isUndo()) {
            return;
        }
        Map<String, List<Statement>> byName = byName(end.statements());
        for (KnownTable table : end.session().objects().tables()) {
            boolean holds = Set.of(Kind.TABLE, Kind.PARTITIONED_TABLE).contains(table.kind())
                    && table.parent() == null
                    && table.column(tenant).isPresent();
            String missing = missing(table.rowSecurity());
            List<Statement> touching = !holds || missing.isEmpty()
                    ? List.of()
                    : byName.getOrDefault(table.name().name(), List.of()).stream()
                            .filter(each -> touches(each, table.name()))
                            .toList();
            if (!touching.isEmpty() && !isTouchedLater(end, table.name()) && !isDynamic(end.input(), table.name())) {
                Statement last = touching.stream()
                        .filter(each -> each.is("CreateStmt"))
                        .findFirst()
                        .orElse(touching.get(touching.size() - 1));
                end.find(
                                last,
                                table.name().sql() + " holds rows of several tenants (" + Identifier.quote(tenant)
                                        + ") and lacks " + missing)
                        .remedy(remedy(table, tenant))
                        .add();
            }
        }
    }

    private static String missing(RowSecurity security) {
        List<String> missing = new ArrayList<>();
        if (!security.enabled()) {
            missing.add("ENABLE ROW LEVEL SECURITY, so that every role that may read it sees all of them");
        }
        if (!security.forced()) {
            missing.add("FORCE ROW LEVEL SECURITY, so that its owner sees all of them");
        }
        if (security.policies().isEmpty()) {
            missing.add("a policy, so that nothing says whose rows are whose");
        }
        return String.join("; and ", missing);
    }

    private static String remedy(KnownTable table, String tenant) {
        String name = table.name().sql();
        List<String> lines = new ArrayList<>();
        if (!table.rowSecurity().enabled()) {
            lines.add("alter table " + name + " enable row level security;");
        }
        if (!table.rowSecurity().forced()) {
            lines.add("alter table " + name + " force row level security;");
        }
        if (table.rowSecurity().policies().isEmpty()) {
            String type = table.column(tenant).map(KnownTable.Column::type).orElse("text");
            lines.add("create policy " + Identifier.quote(table.name().name() + "_tenant") + " on " + name
                    + "\n    using (" + Identifier.quote(tenant) + " = (select current_setting('app."
                    + tenant.toLowerCase(Locale.ROOT) + "'))" + (type.equals("text") ? "" : "::" + type) + ");");
        }
        return String.join("\n", lines);
    }

    /** The statements that may touch a table, by its name without the schema. */
    private static Map<String, List<Statement>> byName(FileStatements statements) {
        Map<String, List<Statement>> byName = new HashMap<>();
        for (Statement statement : statements.of(
                "CreateStmt",
                "AlterTableStmt",
                "CreatePolicyStmt",
                "AlterPolicyStmt",
                "RenameStmt",
                "AlterObjectSchemaStmt",
                "DropStmt")) {
            Set<String> names = new HashSet<>();
            ParseNode node = statement.node();
            names.add(node.child("relation").text("relname"));
            names.add(node.child("table").text("relname"));
            names.add(node.text("newname"));
            node.list("objects").forEach(object -> names.addAll(object.names("items")));
            names.forEach(name ->
                    byName.computeIfAbsent(name, each -> new ArrayList<>()).add(statement));
        }
        return byName;
    }

    /** Whether a statement makes, changes or drops a table; one that names no schema may mean it. */
    private static boolean touches(Statement statement, QualifiedName table) {
        ParseNode node = statement.node();
        return switch (node.kind()) {
            case "CreateStmt", "AlterTableStmt" -> means(node.child("relation"), table);
            case "CreatePolicyStmt", "AlterPolicyStmt" -> means(node.child("table"), table);
            case "RenameStmt" ->
                means(node.child("relation"), table) || node.text("newname").equals(table.name());
            case "AlterObjectSchemaStmt" ->
                node.child("relation").text("relname").equals(table.name());
            case "DropStmt" ->
                node.list("objects").stream().anyMatch(object -> {
                    List<String> parts = object.names("items");
                    boolean on = DROPS_ON_TABLES.contains(node.text("removeType"));
                    return on
                            ? means(parts.subList(0, parts.size() - 1), table)
                            : DROPS_OF_TABLES.contains(node.text("removeType")) && means(parts, table);
                });
            default -> false;
        };
    }

    private static boolean means(ParseNode relation, QualifiedName table) {
        String schema = relation.text("schemaname");
        String name = relation.text("relname");
        return means(schema.isEmpty() ? List.of(name) : List.of(schema, name), table);
    }

    private static boolean means(List<String> parts, QualifiedName table) {
        int last = parts.size() - 1;
        return last >= 0
                && parts.get(last).equals(table.name())
                && (last == 0 || parts.get(last - 1).equals(table.schema()));
    }

    /** Reads ahead, but only statements that mention the name. */
    private static boolean isTouchedLater(FileEnd end, QualifiedName table) {
        return end.later(text -> mentions(text, table)).anyMatch(statement -> touches(statement, table));
    }

    /** As a word; whether it is a name there shows when the statement is read. */
    private static boolean mentions(String text, QualifiedName table) {
        return Pattern.compile("(?iuU)(?<!\\w)" + Pattern.quote(table.name()) + "(?!\\w)")
                .matcher(text)
                .find();
    }

    /**
     * Whether some text that is executed may switch row-level security on for the table: it stands in a string, and the table's name
     * does so too, or the text goes through the catalog.
     */
    private static boolean isDynamic(LintInput input, QualifiedName table) {
        List<String> strings = input.files().stream()
                .filter(file -> !MigrationName.of(file.path()).undo())
                .flatMap(file -> strings(file.text()).stream())
                .toList();
        List<String> executed =
                strings.stream().filter(text -> text.contains(ROW_SECURITY)).toList();
        boolean named = strings.stream().anyMatch(text -> mentions(text, table));
        boolean all = executed.stream().anyMatch(text -> CATALOGS.stream().anyMatch(text::contains));
        return !executed.isEmpty() && (named || all);
    }

    private static List<String> strings(String text) {
        return SqlLexer.tokens(text).list().stream()
                .filter(token -> token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.DOLLAR_STRING)
                .map(token -> token.text(text).toLowerCase(Locale.ROOT))
                .toList();
    }
}
