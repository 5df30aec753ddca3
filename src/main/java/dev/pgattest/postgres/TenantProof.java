package dev.pgattest.postgres;

import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.Attempt.Action;
import dev.pgattest.audit.Attempt.SessionTenant;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.audit.ProofPlan;
import dev.pgattest.audit.ProofPlan.ReferenceTrial;
import dev.pgattest.audit.ProofPlan.SightTrial;
import dev.pgattest.audit.ProofPlan.TableTrial;
import dev.pgattest.audit.Relation;
import dev.pgattest.postgres.TableProof.TenantPair;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries, as the application for one tenant, what it can do with rows of another. Every table has a session of its own, for a setting that a
 * session made once is never missing again, and a transaction that is rolled back.
 */
public final class TenantProof {

    /** Where it is tried. */
    public enum Ground {
        /** A database of pgattest's own. */
        OWN,
        /** Somebody else's: no statement without a condition, nothing that locks more than the application does. */
        RUNNING
    }

    /** The search_path stays that of the database: triggers and functions find their tables by the one that the application has too. */
    private static final String BEGIN =
            "begin; set local statement_timeout = 30000; set local lock_timeout = 2000; set local row_security = on";

    private final Connections connections;
    private final AuditSnapshot snapshot;
    private final Ground ground;

    /** Prepares to try in a database; the role that connects must be able to make rows and to take the application's place. */
    public TenantProof(Connections connections, AuditSnapshot snapshot, Ground ground) {
        this.connections = connections;
        this.snapshot = snapshot;
        this.ground = ground;
    }

    /** Tries everything that there is to try. */
    public List<Attempt> run() {
        ProofPlan plan = ProofPlan.of(snapshot);
        List<Attempt> attempts = new ArrayList<>();
        plan.tables()
                .forEach(trial -> attempts.addAll(inTransaction(
                        session -> table(session, trial), trial.table().name().sql(), trial.role())));
        plan.sights()
                .forEach(trial ->
                        attempts.addAll(inTransaction(session -> sight(session, trial), trial.object(), trial.role())));
        return attempts;
    }

    private List<Attempt> inTransaction(Function<Session, List<Attempt>> work, String object, String role) {
        if (snapshot.scope().setting().isEmpty()) {
            return List.of(unproved(
                    object, role, Action.READ_OWN, "nothing says which setting tells who asks: --tenant-setting"));
        }
        try (Session session = connections.open()) {
            session.execute(BEGIN);
            try {
                session.execute("savepoint pgattest_role; set local role " + Identifier.quote(role)
                        + "; rollback to savepoint pgattest_role; release savepoint pgattest_role");
                return work.apply(session);
            } catch (TenantRows.Impossible e) {
                return List.of(unproved(object, role, Action.READ_OWN, e.reason()));
            } catch (SqlFailure e) {
                if (e.isTrouble()) {
                    throw e;
                }
                return List.of(unproved(
                        object, role, Action.READ_OWN, e.serverMessage() + " (SQLSTATE " + e.sqlState() + ")"));
            } finally {
                session.execute("rollback");
            }
        }
    }

    private static Attempt unproved(String object, String role, Action action, String reason) {
        return new Attempt(object, role, action, "", SessionTenant.A, "its own row", reason, Verdict.NOT_PROVED);
    }

    private List<Attempt> table(Session session, TableTrial trial) {
        Relation table = trial.table();
        TenantIds ids = TenantIds.of(table, snapshot.scope().tenantColumn());
        TenantRows rows = new TenantRows(session, snapshot);
        TenantPair pair;
        try {
            pair = made(rows, trial, ids);
        } catch (TenantRows.Impossible e) {
            if (ground == Ground.RUNNING) {
                throw e; // Nothing is tried on rows that belong to somebody.
            }
            pair = found(session, rows, trial, e);
        }
        String tenant = String.valueOf(pair.a().get(snapshot.scope().tenantColumn()));
        return new TableProof(new TenantSession(session, snapshot.scope(), trial.role(), tenant), trial, pair, ground)
                .run();
    }

    private static TenantPair made(TenantRows rows, TableTrial trial, TenantIds ids) {
        Relation table = trial.table();
        Map<String, @Nullable String> a = rows.row(table, ids.a());
        Map<String, @Nullable String> b = rows.row(table, ids.b());
        Map<Long, Map<String, @Nullable String>> parents = new HashMap<>();
        for (ReferenceTrial reference : trial.references()) {
            try {
                parents.put(reference.target().oid(), rows.row(reference.target(), ids.b()));
            } catch (TenantRows.Impossible e) {
                // The attempt says that there is none.
                parents.remove(reference.target().oid());
            }
        }
        return new TenantPair(table, rows, a, b, rows.another(table, ids.a()), rows.another(table, ids.b()), parents);
    }

    /** Rows of two tenants that the table has already. */
    private TenantPair found(Session session, TenantRows rows, TableTrial trial, TenantRows.Impossible reason) {
        Relation table = trial.table();
        String column = Identifier.quote(snapshot.scope().tenantColumn());
        List<String> tenants = session.texts("select distinct " + column + "::text from (select " + column + " from "
                + table.name().sql() + " where " + column + " is not null limit 100000) as x order by 1 limit 2");
        if (tenants.size() < 2) {
            throw reason;
        }
        Map<String, @Nullable String> a = existing(session, rows, table, tenants.get(0));
        Map<String, @Nullable String> b = existing(session, rows, table, tenants.get(1));
        return new TenantPair(table, rows, a, b, given(table, a), given(table, b), Map.of());
    }

    private Map<String, @Nullable String> existing(Session session, TenantRows rows, Relation table, String tenant) {
        String column = snapshot.scope().tenantColumn();
        List<String> names = table.columns().stream().map(Relation.Column::name).toList();
        return session.query(
                        "select " + TenantRows.texts(names) + " from "
                                + table.name().sql() + " where " + Identifier.quote(column) + " = "
                                + rows.cast(table, column, tenant) + " limit 1",
                        row -> {
                            Map<String, @Nullable String> found = new LinkedHashMap<>();
                            for (int index = 0; index < names.size(); index++) {
                                found.put(names.get(index), row.getString(index + 1));
                            }
                            return found;
                        })
                .get(0);
    }

    /** What of a row can be given in INSERT; what a sequence or a default fills is left to it. */
    private static Map<String, @Nullable String> given(Relation table, Map<String, @Nullable String> row) {
        Map<String, @Nullable String> given = new LinkedHashMap<>(row);
        table.columns().stream()
                .filter(column -> column.filled() != Relation.Filled.NOT)
                .forEach(column -> given.remove(column.name()));
        return given;
    }

    private List<Attempt> sight(Session session, SightTrial trial) {
        TenantIds ids = TenantIds.of(trial.tables().get(0), snapshot.scope().tenantColumn());
        TenantSession as = new TenantSession(session, snapshot.scope(), trial.role(), ids.a());
        return new SightProof(as, ids, trial, new TenantRows(session, snapshot), ground).run();
    }
}
