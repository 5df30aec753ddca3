package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Completes the values of a connection string: the service file first, then the environment, then defaults. The one default
 * that differs from libpq's is the host: {@code localhost} instead of a Unix-domain socket, which the driver cannot open.
 */
final class LibpqDefaults {

    private static final int DEFAULT_PORT = 5432;
    private static final String DEFAULT_HOST = "localhost";

    private final Map<LibpqKeyword, String> values;
    private final LibpqEnvironment environment;
    private final List<Problem> problems = new ArrayList<>();

    private LibpqDefaults(Map<LibpqKeyword, String> given, LibpqEnvironment environment) {
        this.values = new EnumMap<>(LibpqKeyword.class);
        this.values.putAll(given);
        this.environment = environment;
    }

    /**
     * The settings after all of libpq's sources.
     *
     * @throws PgattestException of bad input, with every problem found
     */
    static ConnectionSettings complete(Map<LibpqKeyword, String> given, LibpqEnvironment environment) {
        LibpqDefaults defaults = new LibpqDefaults(given, environment);
        defaults.addService();
        defaults.addEnvironment();
        Optional<ConnectionSettings> settings = defaults.settings();
        return settings.orElseThrow(() -> PgattestException.badInput(defaults.problems));
    }

    private void addService() {
        value(LibpqKeyword.SERVICE)
                .or(() -> LibpqKeyword.SERVICE.fromEnvironment(environment))
                .ifPresent(service ->
                        ServiceFile.read(service, environment, problems).forEach(values::putIfAbsent));
    }

    private void addEnvironment() {
        for (LibpqKeyword keyword : LibpqKeyword.values()) {
            keyword.fromEnvironment(environment).ifPresent(found -> values.putIfAbsent(keyword, found));
        }
    }

    private Optional<ConnectionSettings> settings() {
        List<HostPort> hosts = hosts();
        checkTimeout();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        String user = value(LibpqKeyword.USER).orElse(environment.userName());
        String database = value(LibpqKeyword.DBNAME).orElse(user);
        PasswordFile file = new PasswordFile(value(LibpqKeyword.PASSFILE)
                .map(Path::of)
                .orElse(environment.home().resolve(".pgpass")));
        Optional<Secret> given = value(LibpqKeyword.PASSWORD).map(Secret::new);
        Optional<Secret> password = given.or(() -> hosts.stream()
                .flatMap(host -> file.password(host, database, user).stream())
                .findFirst());
        String ignored = password.isPresent() ? "" : file.whyIgnored().orElse("");
        return Optional.of(new ConnectionSettings(hosts, database, user, password.orElse(null), properties(), ignored));
    }

    private List<HostPort> hosts() {
        String names =
                value(LibpqKeyword.HOSTADDR).or(() -> value(LibpqKeyword.HOST)).orElse(DEFAULT_HOST);
        String[] hosts = names.split(",", -1);
        String[] ports = value(LibpqKeyword.PORT).orElse("").split(",", -1);
        if (ports.length != 1 && ports.length != hosts.length) {
            problem(
                    hosts.length + " hosts but " + ports.length + " ports",
                    "give one port for all hosts, or one for each");
            return List.of();
        }
        List<HostPort> result = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            String host = hosts[i].isEmpty() ? DEFAULT_HOST : hosts[i];
            Optional<Integer> port = port(ports.length == 1 ? ports[0] : ports[i]);
            if (host.startsWith("/") || host.startsWith("@")) {
                problem(
                        "the host " + host + " is a Unix-domain socket, which the Java driver cannot open",
                        "use a TCP address such as localhost:5432");
            } else {
                port.ifPresent(number -> result.add(new HostPort(host, number)));
            }
        }
        return result;
    }

    private Optional<Integer> port(String text) {
        if (text.isEmpty()) {
            return Optional.of(DEFAULT_PORT);
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
            return Optional.of(Integer.valueOf(text));
        }
        // The text may be part of a password with an unencoded character, so it is not repeated.
        problem("the port is not a number from 1 to 65535", "write host:5432; in a password, percent-encode : / ? # @");
        return Optional.empty();
    }

    private void checkTimeout() {
        Optional<String> timeout = value(LibpqKeyword.CONNECT_TIMEOUT);
        if (timeout.isPresent() && !timeout.get().matches("[0-9]{1,6}")) {
            problem("connect_timeout is not a number: " + timeout.get(), "write whole seconds, such as 10");
        }
    }

    private Map<String, Secret> properties() {
        Map<String, Secret> properties = new TreeMap<>();
        values.forEach((keyword, value) -> keyword.property()
                .ifPresent(property -> properties.put(property, new Secret(keyword.propertyValue(value)))));
        value(LibpqKeyword.APPLICATION_NAME).ifPresent(name -> properties.put("ApplicationName", new Secret(name)));
        return properties;
    }

    private Optional<String> value(LibpqKeyword keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    private void problem(String message, String remedy) {
        problems.add(Problem.ofInput(message, remedy));
    }
}
