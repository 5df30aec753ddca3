package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A password file of libpq. The driver would read it too, but without looking at the file's mode: libpq ignores one that
 * others can read, and so does this.
 *
 * @param file where it is, whether or not it exists
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">the password file</a>
 */
record PasswordFile(Path file) {

    private static final int FIELDS = 5;

    /** The password of the first line that fits; empty when none does or the file is not to be trusted. */
    Optional<Secret> password(HostPort host, String database, String user) {
        if (!Files.isRegularFile(file) || whyIgnored().isPresent()) {
            return Optional.empty();
        }
        List<String> wanted = List.of(host.host(), String.valueOf(host.port()), database, user);
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordFile::fields)
                    .filter(fields -> fields.size() == FIELDS && fits(fields, wanted))
                    .map(fields -> new Secret(fields.get(FIELDS - 1)))
                    .findFirst();
        } catch (IOException e) {
            throw PgattestException.environment("cannot read the password file " + file, "make it readable", e);
        }
    }

    /** Why the file is ignored, with what to do; empty when it isn't or does not exist. */
    Optional<String> whyIgnored() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            String mode = PosixFilePermissions.toString(permissions);
            return mode.endsWith("------")
                    ? Optional.empty()
                    : Optional.of("the password file " + file + " was ignored because others have access to it (" + mode
                            + "); run chmod 600 " + file);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(List<String> fields, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Splits at colons; a backslash takes the next character as it is. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (character == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
