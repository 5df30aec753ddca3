package dev.pgattest.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection keywords of libpq that pgattest understands, each with its environment variable and the driver's property.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">parameter key words</a>
 */
enum LibpqKeyword {
    HOST("PGHOST", null),
    HOSTADDR("PGHOSTADDR", null),
    PORT("PGPORT", null),
    DBNAME("PGDATABASE", null),
    USER("PGUSER", null),
    PASSWORD("PGPASSWORD", null),
    PASSFILE("PGPASSFILE", null),
    SERVICE("PGSERVICE", null),
    APPLICATION_NAME("PGAPPNAME", null),
    OPTIONS("PGOPTIONS", "options"),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT", "connectTimeout"),
    SSLMODE("PGSSLMODE", "sslmode"),
    SSLROOTCERT("PGSSLROOTCERT", "sslrootcert"),
    SSLCERT("PGSSLCERT", "sslcert"),
    SSLKEY("PGSSLKEY", "sslkey"),
    SSLPASSWORD(null, "sslpassword"),
    SSLNEGOTIATION("PGSSLNEGOTIATION", "sslNegotiation"),
    CHANNEL_BINDING("PGCHANNELBINDING", "channelBinding"),
    GSSENCMODE("PGGSSENCMODE", "gssEncMode"),
    KRBSRVNAME("PGKRBSRVNAME", "kerberosServerName"),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS", "targetServerType"),
    LOAD_BALANCE_HOSTS("PGLOADBALANCEHOSTS", "loadBalanceHosts"),
    KEEPALIVES(null, "tcpKeepAlive");

    private final @Nullable String variable;
    private final @Nullable String property;

    LibpqKeyword(@Nullable String variable, @Nullable String property) {
        this.variable = variable;
        this.property = property;
    }

    /** The keyword of that name, empty when libpq or pgattest has none. */
    static Optional<LibpqKeyword> named(String name) {
        return Arrays.stream(values())
                .filter(keyword -> keyword.text().equals(name))
                .findFirst();
    }

    /** The keyword as it is written in a connection string. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value that the environment gives; empty when there is none. */
    Optional<String> fromEnvironment(LibpqEnvironment environment) {
        return Optional.ofNullable(variable).flatMap(environment::variable);
    }

    /** The name of the driver's connection property; empty when the value is used in another way. */
    Optional<String> property() {
        return Optional.ofNullable(property);
    }

    /** The value as the driver writes it. */
    String propertyValue(String value) {
        return switch (this) {
            case TARGET_SESSION_ATTRS -> targetServerType(value);
            case LOAD_BALANCE_HOSTS -> String.valueOf(value.equals("random"));
            case KEEPALIVES -> String.valueOf(!value.equals("0"));
            default -> value;
        };
    }

    private static String targetServerType(String attributes) {
        return switch (attributes) {
            case "read-write", "primary" -> "primary";
            case "read-only", "standby" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default -> "any";
        };
    }
}
