package dev.pgattest.postgres;

import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.Attempt.Action;
import dev.pgattest.audit.Attempt.SessionTenant;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.ProofPlan.KeyTrial;
import dev.pgattest.audit.ProofPlan.ReferenceTrial;
import dev.pgattest.audit.ProofPlan.TableTrial;
import dev.pgattest.audit.Relation;
import dev.pgattest.audit.Relation.Filled;
import dev.pgattest.postgres.TenantProof.Ground;
import dev.pgattest.postgres.TenantSession.Outcome;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries what one tenant can do with another's rows of a table. */
final class TableProof {

    private static final String KEPT = "no row of another tenant, or an error";
    private static final String REFUSED = "refused";

    private final TenantSession as;
    private final TableTrial trial;
    private final TenantPair pair;
    private final Ground ground;
    private final String table;
    private final String column;
    private final List<Attempt> attempts = new ArrayList<>();

    /**
     * Prepares to try.
     *
     * @param as the application for tenant A
     * @param pair rows of tenants A and B
     */
    TableProof(TenantSession as, TableTrial trial, TenantPair pair, Ground ground) {
        this.as = as;
        this.trial = trial;
        this.pair = pair;
        this.ground = ground;
        this.table = trial.table().name().sql();
        this.column = Identifier.quote(as.scope().tenantColumn());
    }

    /** Tries everything. What never makes the setting comes first: once made, it is empty and no longer missing. */
    List<Attempt> run() {
        unnamed(SessionTenant.MISSING);
        ofOneTenant();
        unnamed(SessionTenant.EMPTY);
        unnamed(SessionTenant.MALFORMED);
        return attempts;
    }

    private boolean may(Right right) {
        return trial.rights().contains(right);
    }

    private void ofOneTenant() {
        if (may(Right.SELECT)) {
            readOwn();
        }
        read();
        if (may(Right.INSERT)) {
            insert();
        }
        if (may(Right.UPDATE)) {
            update();
            giveAway();
        }
        if (may(Right.DELETE)) {
            delete();
        }
        if (ground == Ground.OWN && may(Right.TRUNCATE)) {
            truncate();
        }
    }

    private void readOwn() {
        Outcome outcome = as.run(SessionTenant.A, "select count(*) from " + table + " where " + pair.isOfA(column));
        boolean sees = outcome.succeeded() && outcome.rows() > 0;
        // Without a right on the tenant column, or a policy for reading, there is nothing that reading could prove.
        boolean closed = outcome.isRefused();
        note(
                Action.READ_OWN,
                SessionTenant.A,
                "its own row",
                sees
                        ? rows(outcome)
                        : outcome.succeeded() ? "it does not see its own row" : REFUSED + ": " + outcome.reason(),
                sees || closed ? Verdict.HELD : Verdict.NOT_PROVED);
    }

    private void read() {
        String rows = "select count(*) from " + table + " where " + pair.isOfB(column);
        kept(Action.READ, SessionTenant.A, as.run(SessionTenant.A, rows));
    }

    /** Nobody may see or change anything when the session does not say who asks. */
    private void unnamed(SessionTenant who) {
        kept(Action.READ, who, as.run(who, "select count(*) from (select 1 from " + table + " limit 1) as x"));
        String ours = " where " + pair.isOfB(column);
        if (may(Right.INSERT)) {
            Outcome outcome = as.run(who, pair.insertion(pair.another()));
            written(Action.INSERT, who, outcome);
        }
        if (may(Right.UPDATE)) {
            String changed = changed();
            kept(Action.UPDATE, who, as.run(who, "update " + table + " set " + changed + " = " + changed + ours));
        }
        if (may(Right.DELETE)) {
            kept(Action.DELETE, who, as.run(who, "delete from " + table + ours));
        }
    }

    private void insert() {
        Outcome own = as.run(SessionTenant.A, pair.insertion(pair.own()));
        Outcome other = as.run(SessionTenant.A, pair.insertion(pair.another()));
        if (!own.succeeded() && !own.isRefused() && other.failedWith(state(own)) && !other.isRefused()) {
            note(
                    Action.INSERT,
                    SessionTenant.A,
                    REFUSED,
                    "a row of its own fails too: " + own.reason(),
                    Verdict.NOT_PROVED);
        } else {
            written(Action.INSERT, SessionTenant.A, other);
        }
        trial.keys().forEach(key -> probe(key, own));
        trial.references().forEach(reference -> probe(reference, own));
    }

    private static String state(Outcome outcome) {
        return outcome.failure() == null ? "none" : outcome.failure().sqlState();
    }

    private void written(Action action, SessionTenant who, Outcome outcome) {
        // Policies are asked before constraints, so what only a constraint refuses has passed them.
        boolean passed = outcome.succeeded() ? outcome.rows() > 0 : outcome.metConstraint();
        String said = outcome.succeeded()
                ? outcome.rows() > 0 ? "accepted" : "nothing was written"
                : passed
                        ? "no policy refused it, only a constraint: " + outcome.reason()
                        : REFUSED + ": " + outcome.reason();
        note(action, who, REFUSED, said, passed ? Verdict.HOLE : Verdict.HELD);
    }

    private void probe(KeyTrial key, Outcome own) {
        Map<String, @Nullable String> row = new LinkedHashMap<>(pair.own());
        key.key().columns().forEach(name -> row.put(name, pair.b().get(name)));
        boolean given = key.key().columns().stream()
                .flatMap(name -> trial.table().column(name).stream())
                .noneMatch(each -> each.filled() == Filled.ALWAYS || each.filled() == Filled.GENERATED);
        if (!given) {
            return;
        }
        Outcome outcome = as.run(SessionTenant.A, pair.insertion(row));
        boolean told = outcome.failedWith("23505") || outcome.failedWith("23P01");
        constrained(
                Action.PROBE_UNIQUE,
                key.key().name(),
                told ? "it tells that another tenant has it" : said(outcome),
                told ? worked(key.guessable()) : settled(outcome, own) ? Verdict.HELD : Verdict.NOT_PROVED);
    }

    private static String said(Outcome outcome) {
        return outcome.succeeded() ? "accepted" : REFUSED + ": " + outcome.reason();
    }

    private static Verdict worked(boolean guessable) {
        return guessable ? Verdict.HOLE : Verdict.TOLERATED;
    }

    private static boolean settled(Outcome outcome, Outcome own) {
        return outcome.succeeded() || outcome.isRefused() || own.succeeded();
    }

    private void probe(ReferenceTrial trial, Outcome own) {
        Map<String, @Nullable String> parent = pair.parents().get(trial.target().oid());
        String target = trial.target().name().sql();
        if (parent == null) {
            constrained(
                    Action.PROBE_REFERENCE,
                    trial.reference().name(),
                    "no row of " + target + " could be made",
                    Verdict.NOT_PROVED);
            return;
        }
        Map<String, @Nullable String> row = new LinkedHashMap<>(pair.own());
        for (int index = 0; index < trial.reference().columns().size(); index++) {
            String each = trial.reference().columns().get(index);
            if (!each.equals(as.scope().tenantColumn())) {
                row.put(each, parent.get(trial.reference().targetColumns().get(index)));
            }
        }
        Outcome outcome = as.run(SessionTenant.A, pair.insertion(row));
        constrained(
                Action.PROBE_REFERENCE,
                trial.reference().name(),
                outcome.succeeded() ? "its row refers to another tenant's in " + target : said(outcome),
                outcome.succeeded()
                        ? worked(trial.guessable())
                        : outcome.failedWith("23503") || settled(outcome, own) ? Verdict.HELD : Verdict.NOT_PROVED);
    }

    private void constrained(Action action, String constraint, String outcome, Verdict verdict) {
        String expected = action == Action.PROBE_UNIQUE ? "no trace of another tenant's key" : REFUSED;
        attempts.add(new Attempt(table, trial.role(), action, constraint, SessionTenant.A, expected, outcome, verdict));
    }

    /** A column that the role may change. */
    private String changed() {
        List<String> names = as.session()
                .texts(
                        SqlResource.text("audit_updatable"),
                        trial.role(),
                        trial.table().oid());
        return Identifier.quote(names.stream()
                .filter(name -> !name.equals(as.scope().tenantColumn()))
                .findFirst()
                .orElse(as.scope().tenantColumn()));
    }

    private void update() {
        String changed = changed();
        kept(
                Action.UPDATE,
                SessionTenant.A,
                as.run(
                        SessionTenant.A,
                        "update " + table + " set " + changed + " = " + changed + " where " + pair.isOfB(column)));
        if (ground == Ground.OWN) {
            // Without a condition nothing is read, so policies for SELECT have no say.
            String blind = "update " + table + " set " + changed + " = "
                    + pair.value(unquoted(changed), pair.a().get(unquoted(changed)));
            kept(Action.UPDATE, SessionTenant.A, touched(blind));
        }
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private void giveAway() {
        String given = "update " + table + " set " + column + " = "
                + pair.value(as.scope().tenantColumn(), pair.b().get(as.scope().tenantColumn()));
        written(Action.GIVE_AWAY, SessionTenant.A, as.run(SessionTenant.A, given + " where " + pair.isOfA(column)));
        if (ground == Ground.OWN) {
            written(Action.GIVE_AWAY, SessionTenant.A, as.run(SessionTenant.A, given));
        }
    }

    private void delete() {
        kept(
                Action.DELETE,
                SessionTenant.A,
                as.run(SessionTenant.A, "delete from " + table + " where " + pair.isOfB(column)));
        if (ground == Ground.OWN) {
            kept(Action.DELETE, SessionTenant.A, touched("delete from " + table));
        }
    }

    /** Runs a statement that names no rows, and counts the rows of B that are not as they were. */
    private Outcome touched(String sql) {
        Session session = as.session();
        String places = "select coalesce(string_agg(tableoid || ' ' || ctid, ',' order by tableoid, ctid), '') from "
                + table + " where " + pair.isOfB(column);
        String before = session.text(places);
        Outcome outcome = as.watched(
                SessionTenant.A, sql, () -> session.text(places).equals(before) ? -1_000_000_000L : 1_000_000_000L);
        return new Outcome(outcome.rows() >= 1_000_000_000L ? 1 : 0, outcome.failure());
    }

    private void truncate() {
        Outcome outcome = as.run(SessionTenant.A, "truncate " + table);
        boolean refused = outcome.isRefused();
        note(
                Action.TRUNCATE,
                SessionTenant.A,
                REFUSED,
                outcome.succeeded() ? "the table is empty" : REFUSED + ": " + outcome.reason(),
                refused ? Verdict.HELD : Verdict.HOLE);
    }

    private void kept(Action action, SessionTenant who, Outcome outcome) {
        boolean late = outcome.failedWith("57014");
        boolean open = outcome.succeeded() && outcome.rows() > 0;
        note(
                action,
                who,
                KEPT,
                outcome.succeeded()
                        ? outcome.rows() == 0 ? "no row" : rows(outcome) + " of another tenant"
                        : REFUSED + ": " + outcome.reason(),
                open ? Verdict.HOLE : late ? Verdict.NOT_PROVED : Verdict.HELD);
    }

    private static String rows(Outcome outcome) {
        return outcome.rows() == 1 ? "1 row" : outcome.rows() + " rows";
    }

    private void note(Action action, SessionTenant who, String expected, String outcome, Verdict verdict) {
        attempts.add(new Attempt(table, trial.role(), action, "", who, expected, outcome, verdict));
    }

    /**
     * Rows of two tenants.
     *
     * @param table that they are of
     * @param rows that made them
     * @param a of tenant A
     * @param b of tenant B
     * @param own values of one more row of A
     * @param another values of one more row of B
     * @param parents rows of B in the tables that the table refers to, by id
     */
    record TenantPair(
            Relation table,
            TenantRows rows,
            Map<String, @Nullable String> a,
            Map<String, @Nullable String> b,
            Map<String, @Nullable String> own,
            Map<String, @Nullable String> another,
            Map<Long, Map<String, @Nullable String>> parents) {

        String isOfA(String column) {
            return column + " = " + value(unquoted(column), a.get(unquoted(column)));
        }

        String isOfB(String column) {
            return column + " = " + value(unquoted(column), b.get(unquoted(column)));
        }

        String value(String column, @Nullable String text) {
            return rows.cast(table, column, text);
        }

        String insertion(Map<String, @Nullable String> row) {
            return rows.insertion(table, row);
        }
    }
}
