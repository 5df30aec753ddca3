package dev.pgattest.lint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Session settings as the statements so far have left them. Names are lower case. */
final class SettingsInForce {

    private static final Pattern TIME = Pattern.compile("([0-9]*\\.?[0-9]+)\\s*(us|ms|s|min|h|d)?");

    /** What roles and databases were given with ALTER ROLE and ALTER DATABASE; holds for sessions that begin later. */
    private final Map<String, String> defaults;

    private final Map<String, String> session;
    private final Map<String, String> local;

    SettingsInForce() {
        this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private SettingsInForce(Map<String, String> defaults, Map<String, String> session, Map<String, String> local) {
        this.defaults = defaults;
        this.session = session;
        this.local = local;
    }

    SettingsInForce copy() {
        return new SettingsInForce(new HashMap<>(defaults), new HashMap<>(session), new HashMap<>(local));
    }

    /** A setting's value; empty when nothing has set it, so that the server's own default is in force. */
    Optional<String> value(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        String value = local.getOrDefault(key, session.getOrDefault(key, defaults.get(key)));
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /** A timeout in force; zero means that there is none. Empty when nothing has set it, or not to a time. */
    Optional<Duration> time(String name) {
        return value(name).flatMap(SettingsInForce::parsed);
    }

    /** Sets for the session, or back to its default with null. */
    void set(String name, @Nullable String value) {
        String key = name.toLowerCase(Locale.ROOT);
        local.remove(key);
        put(session, key, value);
    }

    /** Sets for the transaction, or back to the default with null. */
    void setLocal(String name, @Nullable String value) {
        put(local, name.toLowerCase(Locale.ROOT), value);
    }

    /** What later sessions begin with. */
    void setDefault(String name, @Nullable String value) {
        put(defaults, name.toLowerCase(Locale.ROOT), value);
    }

    /** A transaction has ended. */
    void endTransaction() {
        local.clear();
    }

    /** {@code RESET ALL}, or a new session. */
    void resetAll() {
        session.clear();
        local.clear();
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        // An empty text stands for the server's own default, which nothing here knows.
        values.put(key, value == null ? "" : value);
    }

    private static Optional<Duration> parsed(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        double micros = number
                * switch (unit) {
                    case "us" -> 1;
                    case "s" -> 1e6;
                    case "min" -> 60e6;
                    case "h" -> 3_600e6;
                    case "d" -> 86_400e6;
                    default -> 1e3;
                };
        return Optional.of(Duration.ofNanos((long) (micros * 1000)));
    }
}
