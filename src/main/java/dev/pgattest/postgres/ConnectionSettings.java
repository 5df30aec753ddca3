package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything needed to connect, after libpq's rules were applied. Neither {@code toString} nor {@link #display} shows a
 * secret.
 *
 * @param hosts the servers to try, in order; never empty
 * @param database the database to connect to
 * @param user the database user
 * @param password the password, {@code null} when none was found
 * @param properties further connection properties under the driver's names
 * @param passwordFileIgnored why the password file was not used, empty when it was or does not exist
 */
public record ConnectionSettings(
        List<HostPort> hosts,
        String database,
        String user,
        @Nullable Secret password,
        Map<String, Secret> properties,
        String passwordFileIgnored) {

    public ConnectionSettings {
        hosts = List.copyOf(hosts);
        properties = Map.copyOf(properties);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a connection needs a host");
        }
    }

    /** One server, one user, one password, and nothing from the environment. */
    public static ConnectionSettings of(HostPort host, String database, String user, Secret password) {
        return new ConnectionSettings(List.of(host), database, user, password, Map.of(), "");
    }

    /**
     * Reads a connection string and fills in what it leaves open from the service file, the {@code PG*} variables and the
     * password file, in libpq's order.
     *
     * @throws PgattestException of bad input, with every problem found
     */
    public static ConnectionSettings parse(String text, LibpqEnvironment environment) {
        ConnectionString string = ConnectionString.parse(text);
        return string.problems().isEmpty()
                ? LibpqDefaults.complete(string.values(), environment)
                : fail(string.problems());
    }

    private static ConnectionSettings fail(List<Problem> problems) {
        throw PgattestException.badInput(problems);
    }

    /** The same server and user, another database. */
    public ConnectionSettings withDatabase(String otherDatabase) {
        return new ConnectionSettings(hosts, otherDatabase, user, password, properties, passwordFileIgnored);
    }

    /** The same server and database as another user, whose password is {@code otherPassword}. */
    public ConnectionSettings withUser(String otherUser, Secret otherPassword) {
        return new ConnectionSettings(hosts, database, otherUser, otherPassword, properties, "");
    }

    /** {@code host:port}, several separated by commas. */
    public String address() {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    /** A URL to show to people: without password and parameters. */
    public String display() {
        return "postgresql://" + encode(user) + "@" + address() + "/" + encode(database);
    }

    /** The secrets that must be taken out of every message. */
    List<Secret> secrets() {
        return Stream.of(Optional.ofNullable(password), Optional.ofNullable(properties.get("sslpassword")))
                .flatMap(Optional::stream)
                .filter(secret -> !secret.value().isEmpty())
                .toList();
    }

    /** The driver's URL; the password is never in it. */
    String jdbcUrl() {
        return "jdbc:postgresql://" + address() + "/" + encode(database);
    }

    /** The driver's properties. */
    Properties jdbcProperties() {
        Properties result = new Properties();
        result.setProperty("ApplicationName", "pgattest");
        result.setProperty("connectTimeout", "10");
        result.setProperty("stringtype", "unspecified");
        result.setProperty("tcpKeepAlive", "true");
        properties.forEach((name, value) -> result.setProperty(name, value.value()));
        result.setProperty("user", user);
        // An empty password, not a missing one: without any, the driver would read a password file that was rejected.
        result.setProperty("password", password == null ? "" : password.value());
        return result;
    }

    @Override
    public String toString() {
        return display();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
