package dev.pgattest.postgres;

import dev.pgattest.sql.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * One connection of an application's pool: it has the application's role, keeps its prepared statements, and makes a session's settings
 * anew when they differ from those of the execution before. Unlike {@link CaseSession} it leaves the choice between custom and
 * generic plans to the server.
 */
final class LoadSession implements AutoCloseable {

    private final Session session;
    private final LoadStream.Ending ending;
    private final Map<String, CaseExecution> executions = new HashMap<>();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private Map<String, String> settings = Map.of();

    private LoadSession(Session session, LoadStream.Ending ending) {
        this.session = session;
        this.ending = ending;
    }

    /**
     * Opens a connection for the statements of a stream.
     *
     * @param limit time after which the server cancels a statement; zero for no limit
     */
    static LoadSession open(Connections connections, LoadStream stream, Duration limit) {
        Session session = connections.open();
        try {
            CaseStatement first = stream.draws().get(0);
            session.execute("set statement_timeout = " + limit.toMillis());
            boolean reads = stream.draws().stream().noneMatch(CaseStatement::writes);
            if (reads) {
                session.execute("set default_transaction_read_only = on");
            }
            if (first.role() != null) {
                session.execute("set role " + Identifier.quote(first.role()));
            }
            boolean rolledBack = !reads && stream.ending() == LoadStream.Ending.ROLLBACK;
            session.with("begin", connection -> {
                connection.setAutoCommit(!rolledBack);
                return connection;
            });
            return new LoadSession(session, rolledBack ? LoadStream.Ending.ROLLBACK : LoadStream.Ending.COMMIT);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Runs a statement and reads its rows; settings that differ are made before.
     *
     * @return the moment at which the last row had arrived, as {@link System#nanoTime}
     * @throws SqlFailure when the server refuses or is gone
     */
    long execute(CaseStatement statement) {
        return session.with(statement.sql().numbered().text(), connection -> {
            try {
                applySettings(connection, statement.settings());
                execution(statement).run(statement.values(), LoadSession::read);
                return System.nanoTime();
            } finally {
                if (ending == LoadStream.Ending.ROLLBACK) {
                    connection.rollback();
                    settings = Map.of(); // made in the transaction, so gone with it
                }
            }
        });
    }

    private CaseExecution execution(CaseStatement statement) {
        String text = statement.sql().jdbc().text();
        CaseExecution known = executions.get(text);
        if (known == null) {
            known = CaseExecution.prepare(session, statement);
            executions.put(text, known);
        }
        return known;
    }

    private static void read(@Nullable ResultSet rows) throws SQLException {
        while (rows != null && rows.next()) {
            // The driver has read every row by now; the loop is what a caller would do.
        }
    }

    private static PreparedStatement prepareOnServer(Connection connection, String text) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        statement.unwrap(PGStatement.class).setPrepareThreshold(1);
        return statement;
    }

    private void applySettings(Connection connection, Map<String, String> wanted) throws SQLException {
        if (wanted.equals(settings)) {
            return;
        }
        String text = wanted.keySet().stream()
                .map(name -> "pg_catalog.set_config(?, ?, false)")
                .collect(Collectors.joining(", ", "select ", ""));
        PreparedStatement ready = prepared.get(text);
        if (ready == null) {
            ready = prepareOnServer(connection, text);
            prepared.put(text, ready);
        }
        List<@Nullable String> values = new ArrayList<>();
        wanted.forEach((name, value) -> Stream.of(name, value).forEach(values::add));
        bind(ready, values);
        ready.execute();
        settings = wanted;
    }

    private static void bind(PreparedStatement statement, List<@Nullable String> values) throws SQLException {
        int index = 1;
        for (@Nullable String value : values) {
            // Types.OTHER leaves the type open, so that the server infers it as it does for the application.
            statement.setObject(index++, value, Types.OTHER);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
