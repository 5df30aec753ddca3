package dev.pgattest.postgres;

import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.Attempt.Action;
import dev.pgattest.audit.Attempt.SessionTenant;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.ProofPlan.SightTrial;
import dev.pgattest.audit.Relation;
import dev.pgattest.postgres.TenantProof.Ground;
import dev.pgattest.postgres.TenantSession.Outcome;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether what one tenant sees through a view or a function has to do with another's rows: what it shows must not change when there
 * is one more of them. What shows the tenant column is also asked for the other tenant's rows.
 */
final class SightProof {

    private static final String SAME = "the same with and without another tenant's rows";

    private final TenantSession as;
    private final TenantIds ids;
    private final SightTrial trial;
    private final TenantRows rows;
    private final Ground ground;
    private final List<Attempt> attempts = new ArrayList<>();

    SightProof(TenantSession as, TenantIds ids, SightTrial trial, TenantRows rows, Ground ground) {
        this.as = as;
        this.ids = ids;
        this.trial = trial;
        this.rows = rows;
        this.ground = ground;
    }

    List<Attempt> run() {
        if (ground == Ground.RUNNING && !trial.stored().isEmpty()) {
            stored();
            return attempts;
        }
        trial.tables().forEach(table -> rows.row(table, ids.a()));
        refresh();
        Outcome access = as.run(SessionTenant.MISSING, "select 1 from " + trial.source() + " limit 1");
        if (access.isRefused()) {
            note(Action.READ, SessionTenant.MISSING, "refused: " + access.reason(), Verdict.HELD);
        }
        if (trial.hasTenant()) {
            nobody(SessionTenant.MISSING);
        }
        observe();
        trial.written().ifPresent(this::write);
        if (trial.hasTenant()) {
            nobody(SessionTenant.EMPTY);
            nobody(SessionTenant.MALFORMED);
        }
        return attempts;
    }

    private void observe() {
        String first = seen();
        refresh();
        String second = seen();
        String others = seenByOther();
        trial.tables().forEach(table -> rows.row(table, ids.b()));
        refresh();
        String third = seen();
        if (!first.equals(second)) {
            note(Action.OBSERVE, SessionTenant.A, "it changes by itself, so nothing can be told", Verdict.NOT_PROVED);
        } else if (!second.equals(third)) {
            note(Action.OBSERVE, SessionTenant.A, "it changed with a row of another tenant", Verdict.HOLE);
        } else if (others.equals(seenByOther())) {
            note(
                    Action.OBSERVE,
                    SessionTenant.A,
                    "the rows that were made for the other tenant do not show in it to anybody",
                    Verdict.NOT_PROVED);
        } else {
            note(Action.OBSERVE, SessionTenant.A, SAME, Verdict.HELD);
        }
        if (trial.hasTenant()) {
            kept(
                    SessionTenant.A,
                    as.run(SessionTenant.A, "select count(*) from " + trial.source() + " where " + isOfB()));
        }
    }

    /** A row of the other tenant, with the columns that the view has. */
    private void write(Relation view) {
        Relation table = trial.tables().get(0);
        Map<String, @Nullable String> row = new LinkedHashMap<>(rows.another(table, ids.b()));
        row.keySet().removeIf(name -> view.column(name).isEmpty());
        Outcome outcome = as.run(SessionTenant.A, rows.insertion(view, row));
        boolean passed = outcome.succeeded() ? outcome.rows() > 0 : outcome.metConstraint();
        attempts.add(new Attempt(
                trial.object(),
                trial.role(),
                Action.INSERT,
                "",
                SessionTenant.A,
                "refused",
                outcome.succeeded() ? passed ? "accepted" : "nothing was written" : "refused: " + outcome.reason(),
                passed ? Verdict.HOLE : Verdict.HELD));
    }

    /** What tenant A sees: a digest, or the reason why it sees nothing. */
    private String seen() {
        return digest(() -> as.text(SessionTenant.A, digestQuery()));
    }

    /** What the other tenant sees, or failing that, the role that makes the rows. */
    private String seenByOther() {
        String other = digest(() -> as.of(ids.b()).text(SessionTenant.A, digestQuery()));
        return other + digest(() -> as.session().text(digestQuery()));
    }

    private String digest(Supplier<@Nullable String> look) {
        as.session().execute("savepoint pgattest_look");
        try {
            return String.valueOf(look.get());
        } catch (SqlFailure failure) {
            if (failure.isTrouble() && !failure.sqlState().equals("57014")) {
                throw failure;
            }
            return failure.serverMessage();
        } finally {
            as.session().execute("rollback to savepoint pgattest_look; release savepoint pgattest_look");
        }
    }

    private String digestQuery() {
        return "select count(*) || ' ' || coalesce(md5(string_agg(md5(x::text), '' order by md5(x::text))), '') from "
                + trial.source() + " as x";
    }

    private String isOfB() {
        return Identifier.quote(as.scope().tenantColumn()) + "::text = " + Literal.quote(ids.b());
    }

    private void nobody(SessionTenant who) {
        kept(who, as.run(who, "select count(*) from (select 1 from " + trial.source() + " limit 1) as x"));
    }

    private void kept(SessionTenant who, Outcome outcome) {
        boolean open = outcome.succeeded() && outcome.rows() > 0;
        note(
                Action.READ,
                who,
                outcome.succeeded()
                        ? open ? "it shows rows of another tenant" : "no row"
                        : "refused: " + outcome.reason(),
                open ? Verdict.HOLE : Verdict.HELD);
    }

    /** In a running database nothing is refreshed: what is stored already must be one tenant's. */
    private void stored() {
        if (!trial.hasTenant()) {
            note(
                    Action.OBSERVE,
                    SessionTenant.A,
                    "what a materialized view holds is not refreshed in a running database",
                    Verdict.NOT_PROVED);
            return;
        }
        Outcome outcome = as.run(
                SessionTenant.A,
                "select count(*) from (select distinct "
                        + Identifier.quote(as.scope().tenantColumn()) + " from " + trial.source() + " limit 2) as x");
        kept(SessionTenant.A, outcome);
    }

    private void refresh() {
        if (ground == Ground.OWN) {
            trial.stored()
                    .forEach(view -> as.session()
                            .execute("refresh materialized view " + view.name().sql()));
        }
    }

    private void note(Action action, SessionTenant who, String outcome, Verdict verdict) {
        attempts.add(new Attempt(
                trial.object(),
                trial.role(),
                action,
                "",
                who,
                action == Action.OBSERVE ? SAME : "no row of another tenant, or an error",
                outcome,
                verdict));
    }
}
