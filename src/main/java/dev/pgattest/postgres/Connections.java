package dev.pgattest.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Opens connections to one database, all alike: application name {@code pgattest} unless the user names another, time zone
 * UTC, and parameters that the server may read as any type.
 *
 * @param settings where to connect
 */
public record Connections(ConnectionSettings settings) {

    /**
     * Opens a connection and checks that the server is new enough.
     *
     * @throws dev.pgattest.PgattestException of the environment when the server cannot be reached or refuses, of bad input
     *     when it is too old
     */
    public Session open() {
        return open(settings.jdbcProperties());
    }

    /** Like {@link #open()}, under another application name, which other sessions see in {@code pg_stat_activity}. */
    public Session openAs(String applicationName) {
        Properties properties = settings.jdbcProperties();
        properties.setProperty("ApplicationName", applicationName);
        return open(properties);
    }

    /** Like {@link #openAs}, but every statement of the session fails that has no answer in so many seconds. */
    Session openImpatiently(String applicationName, String seconds) {
        Properties properties = settings.jdbcProperties();
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("socketTimeout", seconds);
        return open(properties);
    }

    /** Connections to another database of the same server. */
    public Connections to(String database) {
        return new Connections(settings.withDatabase(database));
    }

    private Session open(Properties properties) {
        Session session = new Session(connect(properties), settings);
        try {
            session.serverVersion().requireSupported(settings.address());
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private Connection connect(Properties properties) {
        try {
            return inUtc(DriverManager.getConnection(settings.jdbcUrl(), properties));
        } catch (SQLException e) {
            throw DatabaseFailure.ofConnecting(e, settings);
        }
    }

    private static Connection inUtc(Connection connection) throws SQLException {
        // The driver announces the time zone of the Java process at the start; a later SET is the only way around it.
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
