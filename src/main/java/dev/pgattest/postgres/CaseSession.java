package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.plan.LongConstants;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session that runs one case in one plan mode, as the application would: its role, its session settings, a statement
 * prepared on the server. What it writes is rolled back. It either has a session of its own, or stands inside a transaction of
 * somebody else, who has changed something for its time.
 */
public final class CaseSession implements AutoCloseable {

    private static final String READ_ONLY = "25006";
    private static final String NO_PRIVILEGE = "42501";
    private static final String PREPARED = "pgattest_case";
    private static final String PREPARE = "prepare " + PREPARED + " as ";
    private static final String OUTER = "pgattest_outer";
    private static final String INNER = "pgattest_inner";
    private static final String RUN = "analyze, buffers, verbose, settings, format ";
    private static final String PLAN = "verbose, costs off, format ";
    private static final String ESTIMATE = "verbose, settings, format ";
    private static final int SHOWN_VALUES = 500;

    private final Session session;
    private final CaseStatement statement;
    private final CaseExecution execution;
    private final Frame frame;
    private @Nullable String arguments;
    private final Set<QualifiedName> written = new LinkedHashSet<>();
    private boolean catalogWritten;

    /** What a case is undone to. */
    private enum Frame {
        SESSION,
        TRANSACTION
    }

    private CaseSession(Session session, CaseStatement statement, CaseExecution execution, Frame frame) {
        this.session = session;
        this.statement = statement;
        this.execution = execution;
        this.frame = frame;
    }

    /**
     * Turns a fresh session into one for a case. The session is closed with the case, and when opening fails.
     *
     * @param planCacheMode value of {@code plan_cache_mode}
     * @throws PgattestException with file, line and column when the server refuses the statement
     */
    public static CaseSession open(Session session, CaseStatement statement, String planCacheMode) {
        try {
            takeOn(session, statement, planCacheMode, Frame.SESSION);
            prepareOnServer(session, statement);
            CaseExecution execution = CaseExecution.prepare(session, statement);
            if (statement.writes()) {
                session.with("begin", CaseSession::beginByItself);
            }
            return new CaseSession(session, statement, execution, Frame.SESSION);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * A case inside a transaction that the session has begun. Closing it takes back what it changed, role and settings too; the
     * transaction goes on, also when opening or running fails.
     *
     * @param limit time after which the server cancels a statement; zero for no limit
     * @throws PgattestException with file, line and column when the server refuses the statement
     */
    public static CaseSession within(Session session, CaseStatement statement, String planCacheMode, Duration limit) {
        session.execute("savepoint " + OUTER);
        try {
            takeOn(session, statement, planCacheMode, Frame.TRANSACTION);
            setting(session, "statement_timeout", Long.toString(limit.toMillis()));
            prepareOnServer(session, statement);
            CaseExecution execution = CaseExecution.prepare(session, statement);
            session.execute("savepoint " + INNER);
            return new CaseSession(session, statement, execution, Frame.TRANSACTION);
        } catch (RuntimeException e) {
            try {
                leave(session);
            } catch (SqlFailure lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    /** Runs the case once and returns the nanoseconds until the last row had arrived. */
    public long execute() {
        return run(connection -> {
            try {
                long start = System.nanoTime();
                execution.run(CaseSession::readAll);
                return System.nanoTime() - start;
            } finally {
                undo(connection);
            }
        });
    }

    /** Statements that the last execution sent. */
    public long statementsIssued() {
        return execution.issued();
    }

    /** Runs the case once and returns what it is compared by: the rows of its check, or else its own, one execution after another. */
    public ResultRows rows() {
        return run(connection -> {
            try {
                List<ResultRows> results = new ArrayList<>();
                execution.run(rows -> {
                    if (rows != null) {
                        results.add(ResultRows.read(rows));
                    }
                });
                CaseStatement.Text check = statement.around().check();
                return check == null ? ResultRows.together(results) : checked(connection, check);
            } finally {
                undo(connection);
            }
        });
    }

    private ResultRows checked(Connection connection, CaseStatement.Text check) throws SQLException {
        List<ResultRows> results = new ArrayList<>();
        CaseStep step = CaseStep.prepare(connection, check);
        try {
            step.execute(statement.values(), rows -> {
                if (rows != null) {
                    results.add(ResultRows.read(rows));
                }
            });
        } finally {
            step.close();
        }
        return ResultRows.together(results);
    }

    private static void readAll(@Nullable ResultSet rows) throws SQLException {
        while (rows != null && rows.next()) {
            // The driver has read every row by now; the loop is what a caller would do.
        }
    }

    /** The plan of one execution as the server's JSON. */
    public String explainJson() {
        return explain(RUN + "json");
    }

    /**
     * The plan of one execution as the server's JSON, run by the leader alone: PostgreSQL plans for parallel workers and then launches
     * none. Which worker gets which rows, and how far each reads ahead of a limit, depends on the moment; without them the buffers
     * of a parallel plan repeat.
     */
    public String explainSerialJson() {
        session.execute("set max_parallel_workers = 0");
        try {
            return explainJson();
        } finally {
            session.execute("reset max_parallel_workers");
        }
    }

    /** The plan that would run, as the server's JSON without costs and estimates. */
    public String planJson() {
        return explain(PLAN + "json");
    }

    /** The plan that would run, as the server's JSON with costs and estimates. */
    public String estimateJson() {
        return explain(ESTIMATE + "json");
    }

    /** The plan of one execution as the server's text. */
    public String explainText() {
        return explain(RUN + "text");
    }

    /** The parameters with which plans are looked at; found by running what gives the case its rows, unless another session knows them. */
    public String arguments() {
        String known = arguments;
        if (known != null) {
            return known;
        }
        String found = run(connection -> {
            try {
                return statement.executeArguments(execution.firstInput());
            } finally {
                undo(connection);
            }
        });
        arguments = found;
        return found;
    }

    /** Takes the parameters that another session of the same case has found on the same rows. */
    public void takeArguments(String found) {
        arguments = found;
    }

    private String explain(String options) {
        String given = arguments();
        return run(connection -> {
            try {
                String sql = "explain (" + options + ") execute " + PREPARED + given;
                String plan = String.join("\n", statement.writes() ? noting(sql) : session.statementTexts(sql)) + "\n";
                return options.endsWith("json") ? LongConstants.inJson(plan) : LongConstants.shortened(plan);
            } finally {
                undo(connection);
            }
        });
    }

    /** Runs a statement and notes the tables that it writes to. */
    private List<String> noting(String sql) {
        Map<QualifiedName, Long> before = WriteTraces.written(session);
        long catalogBefore = WriteTraces.catalogRowsWritten(session);
        List<String> lines = session.statementTexts(sql);
        catalogWritten |= WriteTraces.catalogRowsWritten(session) > catalogBefore;
        WriteTraces.written(session).forEach((table, rows) -> {
            if (rows > before.getOrDefault(table, 0L)) {
                written.add(table);
            }
        });
        return lines;
    }

    /** The tables that the plans captured so far wrote to, by functions and triggers too. */
    public Set<QualifiedName> writtenTables() {
        return Set.copyOf(written);
    }

    /** Whether the plans captured so far made or removed anything in the catalog, such as the temporary table of a refresh. */
    public boolean hasWrittenCatalog() {
        return catalogWritten;
    }

    /** What the server refuses is a mistake of the project, unless the server itself is in trouble. */
    private <T> T run(Session.Work<T> work) {
        try {
            return session.with(statement.sql().numbered().text(), work);
        } catch (SqlFailure failure) {
            throw failure.isTrouble()
                    ? failure
                    : PgattestException.badInput(List.of(Problem.ofFile(
                            execution.current().file(),
                            "the server refuses it with the parameters " + shortened(execution.current()) + ": "
                                    + failure.serverMessage(),
                            remedy(failure.sqlState()))));
        }
    }

    /** A parameter can be an array of many rows. Before anything was executed, a statement has what the case gives it. */
    private String shortened(CaseStep step) {
        String values = (step.values().isEmpty() ? statement.values() : step.values()).toString();
        return values.length() <= SHOWN_VALUES ? values : values.substring(0, SHOWN_VALUES) + "…";
    }

    private static String remedy(String sqlState) {
        return switch (sqlState) {
            case READ_ONLY -> "write `writes: true` for it, so that each execution is rolled back";
            case NO_PRIVILEGE -> "grant its role what it needs in a migration, or correct `role`";
            default -> "correct the query, the parameters of its cases, or the migrations that it relies on";
        };
    }

    @Override
    public void close() {
        switch (frame) {
            case SESSION -> session.close();
            case TRANSACTION -> {
                leave(session);
                session.with("deallocate", connection -> {
                    execution.close();
                    return session;
                });
                session.execute("deallocate " + PREPARED);
            }
        }
    }

    private static void leave(Session session) {
        session.execute("rollback to savepoint " + OUTER + "; release savepoint " + OUTER);
    }

    private void undo(Connection connection) throws SQLException {
        if (frame == Frame.TRANSACTION) {
            try (var back = connection.createStatement()) {
                back.execute("rollback to savepoint " + INNER);
            }
        } else if (statement.writes()) {
            connection.rollback();
        }
    }

    private static void takeOn(Session session, CaseStatement statement, String planCacheMode, Frame frame) {
        // Large sequential scans would start where another one is; buffers and row order must not depend on that.
        session.execute("set synchronize_seqscans = off");
        setting(session, "plan_cache_mode", planCacheMode);
        if (!statement.writes()) {
            // A function can write where the text does not show it; nothing would take that back.
            session.execute(
                    frame == Frame.SESSION
                            ? "set default_transaction_read_only = on"
                            : "set transaction_read_only = on");
        }
        try {
            if (statement.role() != null) {
                session.execute("set role " + Identifier.quote(statement.role()));
            }
            statement.settings().forEach((name, value) -> setting(session, name, value));
        } catch (SqlFailure failure) {
            throw failure.isTrouble()
                    ? failure
                    : PgattestException.badInput(List.of(Problem.ofFile(
                            statement.file(),
                            "its session cannot be set up: " + failure.serverMessage(),
                            "correct `role` and `session` of the query, or create the role in a migration")));
        }
    }

    private static void setting(Session session, String name, String value) {
        session.texts("select pg_catalog.set_config(?, ?, false)", name, value);
    }

    /** The statement stays prepared for EXPLAIN; what stands around it is only looked at. */
    private static void prepareOnServer(Session session, CaseStatement statement) {
        List<CaseStatement.Text> around = new ArrayList<>(statement.around().sources());
        if (statement.around().check() != null) {
            around.add(statement.around().check());
        }
        for (CaseStatement.Text each : around) {
            prepareOnServer(session, each);
            session.execute("deallocate " + PREPARED);
        }
        prepareOnServer(session, statement.text());
    }

    private static void prepareOnServer(Session session, CaseStatement.Text text) {
        try {
            session.execute(PREPARE + text.sql().sent().text());
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            int position = failure.position() - PREPARE.length();
            Place place = Place.of(text.sql().original(), text.sql().sent().originalOffsetOfPosition(position));
            throw PgattestException.badInput(List.of(new Problem(
                    text.file(),
                    place.line(),
                    place.column(),
                    failure.serverMessage(),
                    "correct the query, or the migrations that it relies on")));
        }
    }

    private static Connection beginByItself(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }
}
