package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open connection. Its methods turn every {@code SQLException} into a {@link PgattestException}; what uses
 * {@link #connection()} itself turns it with {@link #failure}.
 */
public final class Session implements AutoCloseable {

    private final Connection connection;
    private final ConnectionSettings settings;

    Session(Connection connection, ConnectionSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** The connection itself; this session closes it. */
    public Connection connection() {
        return connection;
    }

    /** How it was opened. */
    public ConnectionSettings settings() {
        return settings;
    }

    /** Runs one statement, or several separated by semicolons, and ignores what they return. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    /** The rows of a query, in its order, with values bound to its {@code ?} places. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    /** The first column of every row, as text. */
    List<String> texts(String sql, Object... values) {
        return query(sql, row -> row.getString(1), values);
    }

    /** The first column of the only row, as text. */
    String text(String sql, Object... values) {
        return texts(sql, values).get(0);
    }

    /** The first column of every row of a statement that cannot be prepared, as text. */
    List<String> statementTexts(String sql) {
        return with(sql, on -> {
            List<String> texts = new ArrayList<>();
            try (Statement statement = on.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        });
    }

    /** What {@code work} makes of the connection; {@code statement} is what a failure names. */
    <T> T with(String statement, Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(e, statement);
        }
    }

    /** Work on the driver's own connection. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** The server's version, as it said at connection time. */
    public ServerVersion serverVersion() {
        try {
            return ServerVersion.parse(connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            throw failure(e, "show server_version");
        }
    }

    /** The exception to throw when {@code statement} failed with {@code cause}. */
    public SqlFailure failure(SQLException cause, String statement) {
        return DatabaseFailure.ofStatement(cause, statement, settings);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e, "close");
        }
    }
}
