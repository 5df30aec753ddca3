package dev.pgattest.postgres;

import dev.pgattest.audit.Attempt.SessionTenant;
import dev.pgattest.audit.AuditScope;
import dev.pgattest.sql.Identifier;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs single statements as the application for a tenant, within the transaction of the session, and takes each back.
 *
 * @param session in a transaction, as a role that may take the application's place
 * @param scope of the audit
 * @param role of the application
 * @param tenant id of the tenant that it serves
 */
record TenantSession(Session session, AuditScope scope, String role, String tenant) {

    private static final String NO_PRIVILEGE = "42501";
    private static final String MALFORMED = "pgattest: no tenant's id";

    /**
     * What a statement did.
     *
     * @param rows that it changed, or the number that it returned
     * @param failure why it did nothing; null when it did
     */
    record Outcome(long rows, @Nullable SqlFailure failure) {

        boolean succeeded() {
            return failure == null;
        }

        /** Whether a right is missing or a policy refuses the row. */
        boolean isRefused() {
            return failure != null && failure.sqlState().equals(NO_PRIVILEGE);
        }

        boolean failedWith(String state) {
            return failure != null && failure.sqlState().startsWith(state);
        }

        /** Whether the row itself met a constraint; a trigger that refuses it is none, whatever its error's class. */
        boolean metConstraint() {
            return failedWith("23") && failure != null && !failure.isWithinRoutine();
        }

        /** The failure for people. */
        String reason() {
            return failure == null ? "" : failure.serverMessage() + " (SQLSTATE " + failure.sqlState() + ")";
        }
    }

    /** The same for another tenant. */
    TenantSession of(String other) {
        return new TenantSession(session, scope, role, other);
    }

    /** Runs a statement; a query returns one number. */
    Outcome run(SessionTenant who, String sql) {
        return run(who, sql, () -> 0L);
    }

    /** Runs a statement and then looks at what it did with the rights of the session's own role; the look decides the rows. */
    Outcome watched(SessionTenant who, String sql, Supplier<Long> look) {
        return run(who, sql, () -> {
            session.execute("reset role");
            return look.get();
        });
    }

    private Outcome run(SessionTenant who, String sql, Supplier<Long> look) {
        session.execute("savepoint pgattest_attempt");
        try {
            become(who);
            long rows = session.with(sql, connection -> {
                try (Statement statement = connection.createStatement()) {
                    if (!statement.execute(sql)) {
                        return (long) Math.max(0, statement.getUpdateCount());
                    }
                    try (ResultSet result = statement.getResultSet()) {
                        return result.next() ? result.getLong(1) : 0L;
                    }
                }
            });
            return new Outcome(rows + look.get(), null);
        } catch (SqlFailure failure) {
            // A statement that takes too long is no trouble of the server's.
            if (failure.isTrouble() && !failure.sqlState().equals("57014")) {
                throw failure;
            }
            return new Outcome(0, failure);
        } finally {
            session.execute("rollback to savepoint pgattest_attempt; release savepoint pgattest_attempt");
        }
    }

    /** The one text that a query returns. */
    @Nullable
    String text(SessionTenant who, String sql) {
        session.execute("savepoint pgattest_attempt");
        try {
            become(who);
            return session.texts(sql).stream().findFirst().orElse(null);
        } finally {
            session.execute("rollback to savepoint pgattest_attempt; release savepoint pgattest_attempt");
        }
    }

    /** Takes the application's role and says who asks. What the setting is after it was never made depends on the order of attempts. */
    private void become(SessionTenant who) {
        scope.settings().forEach(this::set);
        scope.setting().ifPresent(name -> {
            switch (who) {
                case A -> set(name, tenant);
                case EMPTY -> set(name, "");
                case MALFORMED -> set(name, MALFORMED);
                case MISSING -> {
                    // Nothing is said.
                }
            }
        });
        session.execute("set local role " + Identifier.quote(role));
    }

    private void set(String name, String value) {
        session.texts("select pg_catalog.set_config(?, ?, true)", name, value);
    }
}
