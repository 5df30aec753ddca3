package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.Relation.Kind;
import dev.pgattest.sql.Identifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what shows rows of guarded tables under another name. */
final class ViewRules {

    private static final int INVOKER_SINCE = 15;

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "view-bypasses-row-security",
                    Severity.ERROR,
                    new Page(
                            "A view that the application reads takes its rows with its owner's rights, and no policy holds the owner"
                                    + " there: the view shows the rows of all tenants.",
                            "WITH (security_invoker = true), since PostgreSQL 15; or pick out the rows of whoever asks in the view, with"
                                    + " security_barrier.",
                            "PostgreSQL's manual: CREATE VIEW; Rules and Privileges."),
                    ViewRules::open),
            new AuditRule(
                    "view-without-security-barrier",
                    Severity.ERROR,
                    new Page(
                            "A view picks out the rows of whoever asks, from rows that no policy guards, and lacks security_barrier. The"
                                    + " planner may run a condition of the query first, so that a function in it sees the rows of all"
                                    + " tenants.",
                            "ALTER VIEW ... SET (security_barrier = true).",
                            "PostgreSQL's manual: Rules and Privileges, \"tricky\"."),
                    ViewRules::leaky),
            new AuditRule(
                    "view-writes-unchecked",
                    Severity.ERROR,
                    new Page(
                            "The application writes through a view whose owner no policy holds, and the view has no CHECK OPTION: it can"
                                    + " write rows of other tenants.",
                            "ALTER VIEW ... SET (check_option = cascaded), or revoke the right to write.",
                            "PostgreSQL's manual: CREATE VIEW, WITH CHECK OPTION."),
                    ViewRules::written),
            new AuditRule(
                    "materialized-view-exposes-rls-table",
                    Severity.ERROR,
                    new Page(
                            "A materialized view of tables that policies guard. It holds the rows that its owner sees and shows them to"
                                    + " everybody who may read it: a materialized view has no row-level security.",
                            "Revoke the right to read it, and give the application a view with security_barrier that picks out its rows.",
                            "PostgreSQL's manual: CREATE MATERIALIZED VIEW; Row Security Policies."),
                    ViewRules::materialized),
            new AuditRule(
                    "rule-runs-as-owner",
                    Severity.WARNING,
                    new Page(
                            "A rewrite rule of a table or view that the application writes. Its actions run with the rights of the"
                                    + " relation's owner, whom no policy holds.",
                            "Replace it by a trigger that is not SECURITY DEFINER.",
                            "PostgreSQL's manual: Rules and Privileges."),
                    ViewRules::rules));

    private ViewRules() {}

    private static Stream<Relation> views(Examination database) {
        return database.relations().stream().filter(view -> view.kind() == Kind.VIEW);
    }

    /** Views that the application reads with somebody else's rights, and that find rows which no policy guards. */
    private static Stream<Relation> unguarded(Examination database, Right... rights) {
        return views(database)
                .filter(view -> !view.view().invoker())
                .filter(view -> !database.rolesWith(view, rights).isEmpty())
                .filter(view -> !sources(database, view, view.owner()).isEmpty());
    }

    private static Stream<Found> open(Examination database) {
        return unguarded(database, Right.SELECT)
                .filter(view -> !database.picksOutTenant(view))
                .map(view -> Found.of(
                        view.name().sql(),
                        Examination.quoted(database.rolesWith(view, Right.SELECT)) + " reads "
                                + Examination.some(sources(database, view, view.owner()))
                                + " through it with the rights of " + Identifier.quote(view.owner())
                                + ", whom no policy holds there",
                        invoker(database, view)));
    }

    private static String invoker(Examination database, Relation view) {
        boolean possible = database.snapshot().server().major() >= INVOKER_SINCE;
        return possible
                ? "alter view " + view.name().sql() + " set (security_invoker = true);"
                : "add to its query: where " + Identifier.quote(database.tenantColumn())
                        + " = the tenant's setting; alter view " + view.name().sql()
                        + " set (security_barrier = true);";
    }

    private static Stream<Found> leaky(Examination database) {
        return unguarded(database, Right.SELECT)
                .filter(view -> database.picksOutTenant(view) && !view.view().barrier())
                .map(view -> Found.of(
                        view.name().sql(),
                        "it picks out the rows of whoever asks from "
                                + Examination.some(sources(database, view, view.owner()))
                                + ", which no policy guards here, and a function in the condition of a query may see all rows"
                                + " first",
                        "alter view " + view.name().sql() + " set (security_barrier = true);"));
    }

    private static Stream<Found> written(Examination database) {
        return unguarded(database, Right.INSERT, Right.UPDATE)
                .filter(view -> view.view().insertable() && !view.view().checked())
                .map(view -> Found.of(
                        view.name().sql(),
                        Examination.quoted(database.rolesWith(view, Right.INSERT, Right.UPDATE))
                                + " can write rows of other tenants through it",
                        "alter view " + view.name().sql() + " set (check_option = cascaded);"));
    }

    private static Stream<Found> materialized(Examination database) {
        return database.relations().stream()
                .filter(view -> view.kind() == Kind.MATERIALIZED_VIEW)
                .filter(view -> !tenantSources(database, view).isEmpty())
                .flatMap(view -> {
                    List<String> readers = database.rolesWith(view, Right.SELECT);
                    List<Grant.Given> others = database.snapshot().access().given().stream()
                            .filter(grant -> grant.relation() == view.oid()
                                    && grant.rights().contains(Right.SELECT))
                            .toList();
                    if (readers.isEmpty() && others.isEmpty()) {
                        return Stream.empty();
                    }
                    String who = readers.isEmpty() ? GrantRules.grantees(others) : Examination.quoted(readers);
                    Found found = Found.of(
                            view.name().sql(),
                            "it shows " + who + " the rows of all tenants of "
                                    + Examination.some(tenantSources(database, view)),
                            "revoke all on " + view.name().sql() + " from " + who + ";\ncreate view ... with"
                                    + " (security_barrier = true) as select ... from "
                                    + view.name().sql() + " where "
                                    + Identifier.quote(database.tenantColumn()) + " = the tenant's setting;");
                    return Stream.of(readers.isEmpty() ? found.weighing(Severity.INFO) : found);
                });
    }

    private static Stream<Found> rules(Examination database) {
        return database.snapshot().schema().rules().stream()
                .flatMap(rule -> database.relation(rule.relation()).stream()
                        .filter(relation -> !database.rolesWith(relation, Right.INSERT, Right.UPDATE, Right.DELETE)
                                .isEmpty())
                        .filter(relation ->
                                database.snapshot().schema().bases().getOrDefault(rule.relation(), Set.of()).stream()
                                        .flatMap(base -> database.relation(base).stream())
                                        .anyMatch(base -> database.isTenantTable(base)
                                                && database.isFree(relation.owner(), base)))
                        .map(relation -> Found.of(
                                relation.name().sql(),
                                "the rule " + Identifier.quote(rule.name()) + " runs with the rights of "
                                        + Identifier.quote(relation.owner()) + ", whom no policy holds",
                                "drop rule " + Identifier.quote(rule.name()) + " on "
                                        + relation.name().sql() + ";")));
    }

    /** The names of the sources of a view's rows that hold rows of tenants and that nothing guards when this role reads them. */
    private static Set<String> sources(Examination database, Relation view, String reader) {
        Set<String> found = new TreeSet<>();
        bases(database, view).forEach(base -> {
            boolean isTable = database.isTenantTable(base);
            boolean open = isTable && (database.isFree(reader, base) || isOpen(database, base, reader));
            boolean stored = base.kind() == Kind.MATERIALIZED_VIEW
                    && !tenantSources(database, base).isEmpty();
            boolean foreign = base.kind() == Kind.FOREIGN_TABLE && database.hasTenant(base);
            if (open || stored || foreign) {
                found.add(base.name().sql());
            } else if (base.kind() == Kind.VIEW && !database.picksOutTenant(base)) {
                found.addAll(sources(database, base, base.view().invoker() ? reader : base.owner()));
            }
        });
        return found;
    }

    private static boolean isOpen(Examination database, Relation table, String reader) {
        return !database.readOpenings(reader, table, PolicyFacts.Command.SELECT).isEmpty();
    }

    /** The names of the tables of tenants that a view's rows come from, through other views too. */
    private static Set<String> tenantSources(Examination database, Relation view) {
        return bases(database, view)
                .flatMap(base -> database.isTenantTable(base)
                        ? Stream.of(base.name().sql())
                        : base.isTable() ? Stream.empty() : tenantSources(database, base).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Relation> bases(Examination database, Relation view) {
        return database.snapshot().schema().bases().getOrDefault(view.oid(), Set.of()).stream()
                .flatMap(base -> database.relation(base).stream());
    }
}
