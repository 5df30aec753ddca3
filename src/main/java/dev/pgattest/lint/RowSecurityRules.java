package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlToken;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about what lets rows out that row-level security is to keep in. */
final class RowSecurityRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("tenant-table-without-rls")
                    .page(new Page(
                            "A table with the project's tenant column that row-level security does not protect",
                            "Every role that may read the table reads the rows of all tenants. Without FORCE its owner does, and programs"
                                    + " often connect as the owner; without a policy nobody else sees anything.",
                            "Enable and force row-level security and make a policy. It is judged at the end of the last file that touches"
                                    + " the table. Partitions are exempt: what goes through the parent meets the parent's policies; grant"
                                    + " nothing on the partitions themselves. The column is settings of the project: tenant_column.",
                            "Manual, \"Row Security Policies\"."))
                    .provedBy(new Proof.Shows(
                            "a program of one tenant reads the rows of others",
                            "set role pgattest_lint_program; set app.tenant_id = '1';"
                                    + " select count(distinct tenant_id) > 1 from documents"))
                    .checksFiles(TenantTables::unprotected),
            LintRule.warning("materialized-view-exposes-rls-table")
                    .page(new Page(
                            "A materialized view of a table that row-level security protects",
                            "It holds the rows that its owner sees, and shows them to everybody who may read it: a materialized view has"
                                    + " no row-level security.",
                            "Make a view with security_invoker (since PostgreSQL 15), or let programs read the materialized view only"
                                    + " through a view that picks out their rows, with security_barrier.",
                            "Manual, CREATE VIEW, \"security_invoker\"; \"Row Security Policies\"."))
                    .provedBy(new Proof.Shows(
                            "a program of one tenant reads the rows of others",
                            "set role pgattest_lint_program; set app.tenant_id = '1';"
                                    + " select count(distinct tenant_id) > 1 from documents_by_tenant"))
                    .checksFiles(RowSecurityRules::materialized),
            LintRule.warning("security-definer-without-search-path")
                    .page(new Page(
                            "A SECURITY DEFINER function or procedure whose search_path is its caller's",
                            "It runs with its owner's rights and finds tables, functions and operators by the path of whoever calls it:"
                                    + " a caller puts objects of his own in front, and the owner's rights work on them. Without pg_temp in"
                                    + " the path, temporary tables come first even then.",
                            "Set search_path at the function, to schemas that callers cannot write to, with pg_temp at the end. Or to"
                                    + " '', with every name qualified. A body in BEGIN ATOMIC is safe: its names were found when it was"
                                    + " made.",
                            "Manual, CREATE FUNCTION, \"Writing SECURITY DEFINER Functions Safely\"."))
                    .provedBy(new Proof.Shows(
                            "a caller makes the function read a table of his own",
                            "set role pgattest_lint_program; create temp table orders (id bigint, total numeric);"
                                    + " insert into orders values (1, -1); select order_total(1) = -1"))
                    .checksFiles(RowSecurityRules::definer));

    private static final Set<String> BOUND_EARLY = Set.of("c", "internal");

    private RowSecurityRules() {}

    private static void materialized(FileEnd end) {
        for (Statement statement : end.statements().of("CreateTableAsStmt")) {
            ParseNode node = statement.node();
            if (!node.text("objtype").equals("OBJECT_MATVIEW")) {
                continue;
            }
            ParseNode query = node.child("query");
            Set<String> common = new HashSet<>();
            query.all("CommonTableExpr").forEach(each -> common.add(each.text("ctename")));
            List<ParseNode> hidden = query.all("RangeVar").stream()
                    .filter(each -> !each.text("schemaname").isEmpty() || !common.contains(each.text("relname")))
                    .filter(each -> isProtected(end, end.session().name(each)))
                    .toList();
            if (!hidden.isEmpty()) {
                ParseNode view = node.child("into").child("rel");
                String name = shown(view);
                end.find(
                                statement,
                                name + " shows everybody who may read it what its owner sees of "
                                        + hidden.stream()
                                                .map(RowSecurityRules::shown)
                                                .distinct()
                                                .collect(Collectors.joining(", "))
                                        + ", whatever the policies there say")
                        .remedy(invokersView(end, statement, name))
                        .add();
            }
        }
    }

    /** Whether row-level security is on at the end of the file, also for a table that no file has made. */
    private static boolean isProtected(FileEnd end, QualifiedName table) {
        Optional<KnownTable> known = end.session().objects().table(table);
        return known.map(each -> each.rowSecurity().enabled())
                .orElseGet(() -> end.statements().of("AlterTableStmt").stream()
                        .filter(each -> end.session()
                                .name(each.node().child("relation"))
                                .equals(table))
                        .flatMap(each -> Alteration.of(each.node()).stream())
                        .anyMatch(each -> each.is("AT_EnableRowSecurity")));
    }

    private static String invokersView(FileEnd end, Statement statement, String name) {
        String text = statement.text();
        List<SqlToken> words = statement.words();
        int query = words.stream()
                .filter(word -> word.text(text).equalsIgnoreCase("as"))
                .findFirst()
                .map(SqlToken::start)
                .orElse(0);
        // "with no data" at the end is for materialized views alone.
        int last = words.size() - 1;
        boolean populated = words.get(last).text(text).equalsIgnoreCase("data");
        int with = words.get(last - 1).text(text).equalsIgnoreCase("no") ? last - 2 : last - 1;
        String rest = text.substring(query, populated ? words.get(with).start() : text.length())
                .strip();
        return end.settings().pgVersion() >= 15
                ? "create view " + name + " with (security_invoker = true) " + rest + ";"
                : "revoke all on " + name + " from public;\n-- and a view on it, with (security_barrier = true),"
                        + " that picks out the rows of whoever asks";
    }

    private static void definer(FileEnd end) {
        for (Statement statement : end.statements().of("CreateFunctionStmt", "AlterFunctionStmt")) {
            ParseNode node = statement.node();
            List<ParseNode> options = statement.is("CreateFunctionStmt") ? node.list("options") : node.list("actions");
            if (!isDefiner(options) || isBoundEarly(node, options)) {
                continue;
            }
            QualifiedName name =
                    end.session().name(statement.is("CreateFunctionStmt") ? node.names("funcname") : altered(node));
            Optional<ParseNode> path = path(options).or(() -> laterPath(end, name));
            String shown = (node.flag("is_procedure") ? "the procedure " : "the function ")
                    + new QualifiedName(null, name.name()).sql();
            if (path.isEmpty()) {
                end.find(statement, shown + " runs with its owner's rights on what its caller's search_path finds")
                        .remedy(withPath(statement, name))
                        .add();
            } else if (lacksTemporary(path.get())) {
                end.find(
                                statement,
                                shown + " runs with its owner's rights, and its caller's temporary tables come"
                                        + " before those of its search_path")
                        .remedy("set search_path = " + values(path.get()) + ", pg_temp")
                        .add();
            }
        }
    }

    private static boolean isDefiner(List<ParseNode> options) {
        return Options.find(options, "security")
                .filter(option -> option.child("arg").flag("boolval"))
                .isPresent();
    }

    private static boolean isBoundEarly(ParseNode node, List<ParseNode> options) {
        String language = Options.find(options, "language")
                .map(option -> option.child("arg").name().toLowerCase(Locale.ROOT))
                .orElse("");
        return node.has("sql_body") || BOUND_EARLY.contains(language);
    }

    private static List<String> altered(ParseNode alter) {
        return alter.child("func").names("objname");
    }

    /** What sets the path in some options; empty for nothing. */
    private static Optional<ParseNode> path(List<ParseNode> options) {
        return options.stream()
                .filter(option -> option.text("defname").equals("set"))
                .map(option -> option.child("arg"))
                .filter(set -> set.text("name").equals("search_path")
                        && !set.text("kind").startsWith("VAR_RESET"))
                .reduce((first, second) -> second);
    }

    private static Optional<ParseNode> laterPath(FileEnd end, QualifiedName routine) {
        return end.statements().of("AlterFunctionStmt", "CreateFunctionStmt").stream()
                .filter(each -> end.session()
                        .name(
                                each.is("AlterFunctionStmt")
                                        ? altered(each.node())
                                        : each.node().names("funcname"))
                        .equals(routine))
                .flatMap(each -> path(each.node().list(each.is("AlterFunctionStmt") ? "actions" : "options")).stream())
                .reduce((first, second) -> second);
    }

    private static boolean lacksTemporary(ParseNode path) {
        String values = values(path);
        // With '' every name must be qualified; FROM CURRENT and DEFAULT say nothing here.
        return path.text("kind").equals("VAR_SET_VALUE")
                && !values.isEmpty()
                && !values.equals("''")
                && !values.contains("pg_temp");
    }

    private static String values(ParseNode path) {
        return path.list("args").stream()
                .map(each -> each.constant().orElse(""))
                .map(each -> each.isEmpty() ? "''" : new QualifiedName(null, each).sql())
                .collect(Collectors.joining(", "));
    }

    private static String withPath(Statement statement, QualifiedName name) {
        String path = " set search_path = "
                + new QualifiedName(null, Objects.requireNonNullElse(name.schema(), "public")).sql() + ", pg_temp";
        return statement
                .after("security", "definer")
                .map(at -> statement.with(List.of(Edit.insert(at, path))) + ";")
                .orElse("alter function " + name.sql() + path + ";");
    }

    private static String shown(ParseNode relation) {
        String schema = relation.text("schemaname");
        return new QualifiedName(schema.isEmpty() ? null : schema, relation.text("relname")).sql();
    }
}
