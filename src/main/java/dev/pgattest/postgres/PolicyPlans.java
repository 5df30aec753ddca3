package dev.pgattest.postgres;

import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.audit.AuditSnapshot.Gap;
import dev.pgattest.audit.Grant;
import dev.pgattest.audit.PolicyPlan;
import dev.pgattest.audit.Relation;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the planner, as the application, whether policies let it use an index on the tenant column. EXPLAIN runs nothing. */
final class PolicyPlans {

    private static final Pattern INDEX_CONDITION = Pattern.compile("\"Index Cond\": \"(.*)\"");
    private static final Pattern FILTER = Pattern.compile("\"(?:Filter|One-Time Filter)\": \"(.*)\"");

    private final Session session;
    private final AuditSnapshot snapshot;
    private final Set<String> outOfReach = new TreeSet<>();

    PolicyPlans(Session session, AuditSnapshot snapshot) {
        this.session = session;
        this.snapshot = snapshot;
    }

    /** The plans for all tables with an index that begins with the tenant column; within a read-only transaction. */
    List<PolicyPlan> read() {
        if (snapshot.scope().setting().isEmpty()) {
            return List.of();
        }
        Map<Long, Relation> tables = snapshot.schema().relations().stream()
                .filter(relation -> relation.isTable() && relation.security().enabled())
                .filter(relation -> snapshot.schema()
                        .leading()
                        .getOrDefault(relation.oid(), Set.of())
                        .contains(snapshot.scope().tenantColumn()))
                .collect(Collectors.toMap(Relation::oid, Function.identity()));
        List<PolicyPlan> plans = new ArrayList<>();
        session.execute("set local enable_seqscan = off");
        for (Grant.Effective grant : snapshot.access().effective()) {
            Relation table = tables.get(grant.relation());
            if (table != null && grant.rights().contains(Grant.Right.SELECT) && !outOfReach.contains(grant.role())) {
                plan(table, grant.role(), plans);
            }
        }
        return plans;
    }

    /** The roles whose place could not be taken. */
    List<Gap> gaps() {
        return outOfReach.stream()
                .map(role -> new Gap(
                        "",
                        "the role " + Identifier.quote(snapshot.server().role()) + " may not take the place of "
                                + Identifier.quote(role)
                                + ", so the planner was not asked whether policies use indexes",
                        "grant " + Identifier.quote(role) + " to "
                                + Identifier.quote(snapshot.server().role()) + ";"))
                .toList();
    }

    private void plan(Relation table, String role, List<PolicyPlan> plans) {
        session.execute("savepoint pgattest_plan");
        boolean became = false;
        try {
            String tenant = TenantIds.of(table, snapshot.scope().tenantColumn()).a();
            session.texts(
                    "select pg_catalog.set_config(?, ?, true)",
                    snapshot.scope().setting().orElseThrow(),
                    tenant);
            session.execute("set local role " + Identifier.quote(role));
            became = true;
            String plan = String.join(
                    "\n",
                    session.statementTexts("explain (costs off, format json) select 1 from "
                            + table.name().sql()));
            Matcher condition = INDEX_CONDITION.matcher(plan);
            boolean uses = condition.find()
                    && condition.group(1).contains(snapshot.scope().tenantColumn());
            Matcher filter = FILTER.matcher(plan);
            plans.add(new PolicyPlan(table.oid(), role, uses, filter.find() ? filter.group(1) : ""));
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            if (!became) {
                outOfReach.add(role);
            }
        } finally {
            session.execute("rollback to savepoint pgattest_plan; release savepoint pgattest_plan");
        }
    }
}
