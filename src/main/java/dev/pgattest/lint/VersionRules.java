package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rule about what the project's version of PostgreSQL does not know yet. */
final class VersionRules {

    static final List<LintRule> ALL = List.of(LintRule.error("needs-newer-version")
            .page(new Page(
                    "A command, an option or a setting that the project's version of PostgreSQL does not have",
                    "The statement fails on the servers that the project names, though a newer one, perhaps that of the developer,"
                            + " accepts it.",
                    "Write it in the older form, or say with pg_version (--pg-version) which servers it is for. The rule knows what"
                            + " PostgreSQL 14 to 18 have brought; what else differs only shows on the server.",
                    "Release notes of PostgreSQL 14 to 18, appendix \"Release Notes\" of the manual."))
            .provedBy(new Proof.Unprovable(
                    "the tests run PostgreSQL 18, which accepts all of it; an older server answers with"
                            + " SQLSTATE 42601, 42704 or 22023"))
            .checks(VersionRules::check));

    private static final Map<String, Integer> SETTINGS = Map.of(
            "idle_session_timeout", 14,
            "createrole_self_grant", 16,
            "transaction_timeout", 17,
            "event_triggers", 17);

    private static final Map<String, Integer> EXPLAIN = Map.of("generic_plan", 16, "serialize", 17, "memory", 17);
    private static final Map<String, Integer> COPY =
            Map.of("default", 16, "on_error", 17, "log_verbosity", 17, "reject_limit", 18);
    private static final Map<String, Integer> VACUUM = Map.of(
            "process_toast", 14,
            "process_main", 16,
            "skip_database_stats", 16,
            "only_database_stats", 16,
            "buffer_usage_limit", 16);
    private static final Set<String> ENFORCEMENT = Set.of("CONSTR_ATTR_ENFORCED", "CONSTR_ATTR_NOT_ENFORCED");

    private VersionRules() {}

    /** Something newer: what it is, since which major version there is such a thing, and where it stands. */
    private record Newer(String what, int since, ParseNode node) {}

    private static void check(Visit visit) {
        List<Newer> all = new ArrayList<>();
        visit.node().forEach(node -> add(node, all));
        int version = visit.settings().pgVersion();
        all.stream()
                .filter(each -> each.since() > version)
                .map(each -> each.what() + " needs PostgreSQL " + each.since())
                .distinct()
                .forEach(needs -> visit.find(needs + ": version " + version + ", which the project names, refuses it")
                        .remedy("write it without, or say which servers it is for: --pg-version "
                                + needs.substring(needs.lastIndexOf(' ') + 1))
                        .add());
    }

    private static void add(ParseNode node, List<Newer> all) {
        switch (node.kind()) {
            case "MergeStmt" -> merge(node, all);
            case "Constraint" -> constraint(node, all);
            case "AlterTableStmt" -> alterTable(node, all);
            case "ColumnDef" -> {
                when(!node.text("compression").isEmpty(), "COMPRESSION of a column", 14, node, all);
                when(!node.text("storage_name").isEmpty(), "STORAGE in the definition of a column", 16, node, all);
            }
            case "IndexStmt" -> when(node.flag("nulls_not_distinct"), "NULLS NOT DISTINCT", 15, node, all);
            case "RangeSubselect" -> when(!node.has("alias"), "a subquery in FROM without an alias", 16, node, all);
            case "JsonTable" -> all.add(new Newer("JSON_TABLE", 17, node));
            case "JsonFuncExpr" -> all.add(new Newer("JSON_QUERY, JSON_VALUE or JSON_EXISTS", 17, node));
            case "JsonScalarExpr", "JsonSerializeExpr" -> all.add(new Newer("JSON_SCALAR or JSON_SERIALIZE", 17, node));
            case "JsonIsPredicate" -> all.add(new Newer("IS JSON", 16, node));
            case "JsonObjectConstructor",
                    "JsonArrayConstructor",
                    "JsonArrayQueryConstructor",
                    "JsonObjectAgg",
                    "JsonArrayAgg" ->
                all.add(new Newer("JSON_OBJECT, JSON_ARRAY or their aggregates in the form of the standard", 16, node));
            case "CommonTableExpr" ->
                when(node.has("search_clause") || node.has("cycle_clause"), "SEARCH or CYCLE", 14, node, all);
            case "InsertStmt", "UpdateStmt", "DeleteStmt" ->
                when(
                        !node.child("returningClause").list("options").isEmpty(),
                        "WITH (OLD ..., NEW ...) in RETURNING",
                        18,
                        node,
                        all);
            default -> command(node, all);
        }
    }

    private static void command(ParseNode node, List<Newer> all) {
        switch (node.kind()) {
            case "VariableSetStmt" -> {
                Integer since = SETTINGS.get(node.text("name").toLowerCase(Locale.ROOT));
                when(since != null, "the setting " + node.text("name"), since == null ? 0 : since, node, all);
            }
            case "ExplainStmt" -> options(node, node.list("options"), EXPLAIN, all);
            case "CopyStmt" -> options(node, node.list("options"), COPY, all);
            case "VacuumStmt" -> options(node, node.list("options"), VACUUM, all);
            case "ReindexStmt" -> options(node, node.list("params"), Map.of("tablespace", 14), all);
            case "CreateTrigStmt" -> when(node.flag("replace"), "CREATE OR REPLACE TRIGGER", 14, node, all);
            case "CreateFunctionStmt" -> when(node.has("sql_body"), "a body in BEGIN ATOMIC or RETURN", 14, node, all);
            case "ViewStmt" -> options(node, node.list("options"), Map.of("security_invoker", 15), all);
            case "CreateStatsStmt" ->
                when(node.list("defnames").isEmpty(), "CREATE STATISTICS without a name", 16, node, all);
            default -> {}
        }
    }

    private static void when(boolean newer, String what, int since, ParseNode node, List<Newer> all) {
        if (newer) {
            all.add(new Newer(what, since, node));
        }
    }

    private static void options(ParseNode node, List<ParseNode> options, Map<String, Integer> since, List<Newer> all) {
        since.forEach((option, version) -> when(
                Options.find(options, option).isPresent(),
                "the option " + option.toUpperCase(Locale.ROOT),
                version,
                node,
                all));
    }

    private static void merge(ParseNode node, List<Newer> all) {
        all.add(new Newer("MERGE", 15, node));
        when(node.has("returningClause") || node.has("returningList"), "RETURNING of MERGE", 17, node, all);
        when(
                node.list("mergeWhenClauses").stream()
                        .anyMatch(each -> each.text("matchKind").equals("MERGE_WHEN_NOT_MATCHED_BY_SOURCE")),
                "WHEN NOT MATCHED BY SOURCE",
                17,
                node,
                all);
    }

    private static void constraint(ParseNode node, List<Newer> all) {
        String kind = node.text("contype");
        boolean ofTable = kind.equals("CONSTR_NOTNULL") && node.has("keys");
        when(ofTable, "NOT NULL as a constraint of a table", 18, node, all);
        when(ENFORCEMENT.contains(kind) || isNotEnforced(node), "ENFORCED or NOT ENFORCED", 18, node, all);
        when(node.text("generated_kind").equals("v"), "a VIRTUAL generated column", 18, node, all);
        when(node.flag("without_overlaps") || node.flag("fk_with_period"), "WITHOUT OVERLAPS or PERIOD", 18, node, all);
        when(node.flag("nulls_not_distinct"), "NULLS NOT DISTINCT", 15, node, all);
        when(!node.list("fk_del_set_cols").isEmpty(), "columns behind ON DELETE SET", 15, node, all);
    }

    /** Of a constraint of a table that can be checked; others have no such flag. */
    private static boolean isNotEnforced(ParseNode node) {
        return Set.of("CONSTR_CHECK", "CONSTR_FOREIGN").contains(node.text("contype")) && !node.flag("is_enforced");
    }

    private static void alterTable(ParseNode node, List<Newer> all) {
        for (Alteration each : Alteration.of(node)) {
            switch (each.type()) {
                case "AT_DetachPartition" ->
                    when(each.definition().flag("concurrent"), "DETACH PARTITION CONCURRENTLY", 14, each.node(), all);
                case "AT_DetachPartitionFinalize" -> all.add(new Newer("FINALIZE", 14, each.node()));
                case "AT_SetCompression" -> all.add(new Newer("SET COMPRESSION", 14, each.node()));
                case "AT_SetAccessMethod" ->
                    all.add(new Newer(
                            each.name().isEmpty() ? "SET ACCESS METHOD DEFAULT" : "SET ACCESS METHOD",
                            each.name().isEmpty() ? 17 : 15,
                            each.node()));
                case "AT_SetExpression" -> all.add(new Newer("SET EXPRESSION", 17, each.node()));
                case "AT_AlterConstraint" ->
                    when(
                            each.definition().flag("alterEnforceability")
                                    || each.definition().flag("alterInheritability"),
                            "ENFORCED or INHERIT of ALTER CONSTRAINT",
                            18,
                            each.node(),
                            all);
                default -> {}
            }
        }
    }
}
