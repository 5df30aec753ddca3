package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about the policies of row-level security. */
final class PolicyRules {

    static final List<LintRule> ALL = List.of(
            LintRule.warning("policy-without-check")
                    .page(new Page(
                            "A policy that lets anybody write rows that are not his",
                            "WITH CHECK decides which rows may come in; without it USING does, for ALL and UPDATE. A condition that"
                                    + " does not ask who is writing, such as true or is_public, also as one side of an OR, lets one"
                                    + " tenant write rows of another, or rows that all others then see. Policies are permissive"
                                    + " unless they say otherwise: one that is too wide undoes all others. A policy FOR INSERT has"
                                    + " no USING: without WITH CHECK it admits nothing, or as a restrictive one restricts nothing.",
                            "Give WITH CHECK a condition on who is writing, or leave it out where USING has one. A policy for named"
                                    + " roles, such as an administrator's, may admit all rows, unless another policy limits the same"
                                    + " role.",
                            "Manual, CREATE POLICY; policies of a command are joined as rowsecurity.c does it."))
                    .provedBy(new Proof.Shows(
                            "a program of one tenant can write a row of another",
                            "set role pgattest_lint_program; set app.tenant_id = '1';"
                                    + " insert into documents (tenant_id, body) values (2, 'forged'); select true"))
                    .checksFiles(PolicyRules::unchecked),
            LintRule.warning("policy-calls-volatile-function")
                    .page(new Page(
                            "A policy whose USING calls a volatile function",
                            "The function is called for every row of the table, and no index helps to find the rows that the policy"
                                    + " lets through. A function is volatile unless it is declared otherwise; one in SQL that is a"
                                    + " single expression takes on what it is made of.",
                            "Declare the function STABLE where it only reads, or call it in a subquery: (select f()) is called once"
                                    + " for a query.",
                            "Manual, \"Function Volatility Categories\"."))
                    .provedBy(new Proof.Shows(
                            "the plan of a query by a program reads the whole table, even with sequential scans switched off",
                            "set role pgattest_lint_program; set app.tenant_id = '1'; set enable_seqscan = off;"
                                    + " select plan_of('select * from documents') like '%Seq Scan%'"))
                    .checksFiles(PolicyRules::volatileCalls));

    private PolicyRules() {}

    private static void unchecked(FileEnd end) {
        Map<QualifiedName, List<ParseNode>> made = new HashMap<>();
        for (Statement statement : end.statements().of("CreatePolicyStmt")) {
            made.computeIfAbsent(end.session().name(statement.node().child("table")), table -> new ArrayList<>())
                    .add(statement.node());
        }
        for (Statement statement : end.statements().of("CreatePolicyStmt", "AlterPolicyStmt")) {
            QualifiedName table = end.session().name(statement.node().child("table"));
            List<ParseNode> others = others(end, table, made.getOrDefault(table, List.of()));
            Policy policy = Policy.of(statement.node(), others);
            policy.flaw(others)
                    .ifPresent(flaw -> end.find(
                                    statement,
                                    "the policy " + new QualifiedName(null, policy.name()).sql() + " " + flaw)
                            .remedy(checked(statement, policy, end.settings()))
                            .add());
        }
    }

    /** The policies of the same table, before and in this file. */
    private static List<ParseNode> others(FileEnd end, QualifiedName table, List<ParseNode> here) {
        List<ParseNode> known = end.session()
                .objects()
                .table(table)
                .map(each -> List.copyOf(each.rowSecurity().policies().values()))
                .orElse(List.of());
        return Stream.concat(known.stream(), here.stream()).distinct().toList();
    }

    private static String checked(Statement statement, Policy policy, LintSettings settings) {
        String tenant = settings.tenantColumn() == null ? "tenant_id" : settings.tenantColumn();
        String mine = "(" + new QualifiedName(null, tenant).sql() + " = (select current_setting('app." + tenant
                + "'))::<type>)";
        int with = before(statement, "with", "check");
        if (with < 0) {
            return statement.text() + "\n    with check " + mine + ";";
        }
        String kept = statement.text().substring(0, with).stripTrailing();
        // Where USING asks who is writing, it is the better check.
        return policy.reads().isPresent() && Policy.asksWho(policy.reads())
                ? kept + ";"
                : kept + " with check " + mine + ";";
    }

    /** Index in the statement's text of two words one after the other; -1 for none. */
    private static int before(Statement statement, String first, String second) {
        List<SqlToken> words = statement.words();
        for (int index = words.size() - 2; index >= 0; index--) {
            if (words.get(index).text(statement.text()).equalsIgnoreCase(first)
                    && words.get(index + 1).text(statement.text()).equalsIgnoreCase(second)) {
                return words.get(index).start();
            }
        }
        return -1;
    }

    private static void volatileCalls(FileEnd end) {
        for (Statement statement : end.statements().of("CreatePolicyStmt", "AlterPolicyStmt")) {
            List<ParseNode> calls = outsideOfSubqueries(statement.node().child("qual")).stream()
                    .filter(call -> Volatility.isVolatile(end.session(), call.names("funcname")))
                    .toList();
            for (ParseNode call : calls) {
                List<String> name = call.names("funcname");
                String function = name.stream()
                        .map(part -> new QualifiedName(null, part).sql())
                        .collect(Collectors.joining("."));
                end.find(
                                statement,
                                "the policy calls " + function + ", which is volatile, for every row of "
                                        + new QualifiedName(
                                                        null,
                                                        statement
                                                                .node()
                                                                .child("table")
                                                                .text("relname"))
                                                .sql()
                                        + ", and no index can be used")
                        .at(statement.offset(call), statement.end())
                        .remedy(stable(end, statement, call, function))
                        .add();
            }
        }
    }

    private static List<ParseNode> outsideOfSubqueries(ParseNode expression) {
        List<ParseNode> inside = new ArrayList<>();
        expression
                .all("SubLink")
                .forEach(each -> inside.addAll(each.child("subselect").all("FuncCall")));
        List<ParseNode> calls = new ArrayList<>(expression.all("FuncCall"));
        inside.forEach(calls::remove);
        return calls;
    }

    private static String stable(FileEnd end, Statement statement, ParseNode call, String function) {
        boolean known = end.session()
                .objects()
                .routine(end.session().name(call.names("funcname")))
                .isPresent();
        String declared = known ? "alter function " + function + " stable;\n-- or, to call it once for a query:\n" : "";
        int start = statement.offset(call);
        return call.list("args").stream()
                        .anyMatch(each -> !each.all("ColumnRef").isEmpty())
                ? "alter function " + function + " stable;"
                : declared
                        + statement.with(
                                List.of(Edit.insert(start, "(select "), Edit.insert(closing(statement, start), ")")))
                        + ";";
    }

    /** Index in the file after the parenthesis that ends a call. */
    private static int closing(Statement statement, int start) {
        int depth = 0;
        for (SqlToken word : statement.words()) {
            if (statement.start() + word.start() < start) {
                continue;
            }
            if (word.kind() == SqlToken.Kind.OPEN_PARENTHESIS) {
                depth++;
            } else if (word.kind() == SqlToken.Kind.CLOSE_PARENTHESIS && --depth == 0) {
                return statement.start() + word.end();
            }
        }
        return statement.end();
    }
}
