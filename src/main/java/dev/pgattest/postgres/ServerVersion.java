package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a server.
 *
 * @param major such as 18
 * @param text the whole version as the server writes it, such as {@code 18.6} or {@code 19beta1}
 */
public record ServerVersion(int major, String text) {

    /** The oldest major version that pgattest works with. */
    public static final int OLDEST = 14;

    private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})");

    /** Reads {@code 15.18 (Debian 15.18-0+deb12u1)}, {@code 9.6.24}, {@code 19beta1} and their like. */
    public static ServerVersion parse(String text) {
        String first = text.strip().split("\\s", 2)[0];
        Matcher major = MAJOR.matcher(first);
        if (!major.lookingAt()) {
            throw PgattestException.environment(
                    "the server's version cannot be read: " + text, "use PostgreSQL " + OLDEST + " or later");
        }
        return new ServerVersion(Integer.parseInt(major.group(1)), first);
    }

    /**
     * Passes when the version is supported.
     *
     * @param place what has this version, for the message: an address or a folder
     * @throws PgattestException of bad input, because another server has to be named
     */
    public void requireSupported(String place) {
        if (major < OLDEST) {
            throw PgattestException.badInput(
                    "PostgreSQL " + text + " at " + place + " is too old",
                    "use PostgreSQL " + OLDEST + " or later, or --server embedded");
        }
    }
}
