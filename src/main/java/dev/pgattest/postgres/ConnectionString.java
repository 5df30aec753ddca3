package dev.pgattest.postgres;

import dev.pgattest.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads both forms of libpq's connection strings, {@code postgresql://...} and {@code host=... dbname=...}. Problems never
 * repeat a value, because any of them may be a password that a wrong character moved to another place.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">connection strings</a>
 */
final class ConnectionString {

    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?://");
    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z_]+)\\s*=\\s*('((?:[^'\\\\]|\\\\.)*)'|(?:[^\\s'\\\\]|\\\\.)*)(?=\\s|$)");
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([^:]*))?");

    private final Map<LibpqKeyword, String> values = new EnumMap<>(LibpqKeyword.class);
    private final List<Problem> problems = new ArrayList<>();

    private ConnectionString() {}

    /** Whether the text looks like a connection string of one form or the other. */
    static boolean recognizes(String text) {
        return SCHEME.matcher(text).lookingAt() || text.contains("=");
    }

    /** Reads either form. */
    static ConnectionString parse(String text) {
        ConnectionString parsed = new ConnectionString();
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.lookingAt()) {
            parsed.readUrl(text.substring(scheme.end()));
        } else {
            parsed.readPairs(text);
        }
        return parsed;
    }

    /** The values given, decoded; meaningless when there are problems. */
    Map<LibpqKeyword, String> values() {
        return values;
    }

    /** What is wrong, in the order found. */
    List<Problem> problems() {
        return problems;
    }

    private void readUrl(String rest) {
        int query = rest.indexOf('?');
        String front = query < 0 ? rest : rest.substring(0, query);
        int slash = front.indexOf('/');
        String authority = slash < 0 ? front : front.substring(0, slash);
        int at = authority.indexOf('@');
        if (at >= 0) {
            readUser(authority.substring(0, at));
        }
        readHosts(authority.substring(at + 1));
        if (slash >= 0) {
            readDatabase(front.substring(slash + 1));
        }
        if (query >= 0) {
            readQuery(rest.substring(query + 1));
        }
    }

    private void readUser(String text) {
        int colon = text.indexOf(':');
        putDecoded(LibpqKeyword.USER, colon < 0 ? text : text.substring(0, colon));
        if (colon >= 0) {
            putDecoded(LibpqKeyword.PASSWORD, text.substring(colon + 1));
        }
    }

    private void readHosts(String text) {
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher host = HOST.matcher(each);
            if (!host.matches()) {
                problem(
                        "the host part of the connection URL cannot be read",
                        "write host:port, and percent-encode @ : / ? # [ ] in user name and password (@ is %40)");
                return;
            }
            hosts.add(host.group(1).replace("[", "").replace("]", ""));
            ports.add(host.group(2) == null ? "" : host.group(2));
        }
        putDecoded(LibpqKeyword.HOST, String.join(",", hosts));
        if (!ports.stream().allMatch(String::isEmpty)) {
            putDecoded(LibpqKeyword.PORT, String.join(",", ports));
        }
    }

    private void readDatabase(String text) {
        if (text.contains("@")) {
            // Most likely a password with a bare slash: taken as a database name it would be shown.
            problem(
                    "the connection URL has an @ after the /",
                    "percent-encode / in user name and password as %2F, and @ in the database name as %40");
        } else {
            putDecoded(LibpqKeyword.DBNAME, text);
        }
    }

    private void readQuery(String text) {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                problem(
                        "the connection URL has a parameter without a value after the ?",
                        "write ?name=value&name=value, and percent-encode & and = inside a value");
                continue;
            }
            String name = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            if (name.equals("ssl") && value.equals("true")) {
                putDecoded(LibpqKeyword.SSLMODE, "require");
            } else {
                LibpqKeyword.named(name).ifPresentOrElse(keyword -> putDecoded(keyword, value), () -> unknown(name));
            }
        }
    }

    private void readPairs(String text) {
        Matcher pair = PAIR.matcher(text);
        int position = 0;
        while (position < text.length() && !text.substring(position).isBlank()) {
            if (!pair.find(position) || pair.start() != position) {
                problem(
                        "the connection string cannot be read at character " + (position + 1),
                        "write keyword=value pairs separated by spaces, and put a value with spaces in single quotes");
                return;
            }
            String quoted = pair.group(3);
            String raw = quoted == null ? pair.group(2) : quoted;
            String name = pair.group(1);
            LibpqKeyword.named(name)
                    .ifPresentOrElse(keyword -> put(keyword, raw.replaceAll("\\\\(.)", "$1")), () -> unknown(name));
            position = pair.end();
        }
    }

    private void unknown(String name) {
        boolean shown = name.matches("[A-Za-z_]{1,40}");
        problem(
                "the connection string has an unknown keyword" + (shown ? ": " + name : ""),
                "use libpq's keywords: host, port, dbname, user, password, sslmode, sslrootcert, service, options, "
                        + "connect_timeout and so on");
    }

    private void putDecoded(LibpqKeyword keyword, String encoded) {
        try {
            put(keyword, decode(encoded));
        } catch (IllegalArgumentException e) {
            problem(
                    "the " + keyword.text()
                            + " in the connection URL has a % that two hexadecimal digits do not follow",
                    "write %25 for a percent sign");
        }
    }

    private void put(LibpqKeyword keyword, String value) {
        if (!value.isEmpty()) {
            values.put(keyword, value);
        }
    }

    private void problem(String message, String remedy) {
        problems.add(Problem.ofInput(message, remedy));
    }

    /** Percent-decoding alone: unlike in web forms, a plus sign is a plus sign. */
    private static String decode(String encoded) {
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                decoded[length++] = (byte) (hexadecimal(bytes, i + 1) * 16 + hexadecimal(bytes, i + 2));
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    private static int hexadecimal(byte[] bytes, int index) {
        int digit = index < bytes.length ? Character.digit(bytes[index], 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("not a hexadecimal digit");
        }
        return digit;
    }
}
