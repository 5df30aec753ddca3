package dev.pgattest.lint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a migration's file, as Flyway ({@code V2.1__add_index.sql}, {@code U2.1__...}, {@code R__...}), golang-migrate
 * ({@code 0002_add_index.up.sql}), Rails, dbmate and others ({@code 20240131_add_index.sql}) have it.
 *
 * @param folder the path of its folder, with a slash at its end; empty for none
 * @param version the numbers of its version; empty for none
 * @param repeatable whether it runs after all that have a version
 * @param undo whether it takes back what another file does
 * @param subject what identifies the change, the same for a file and its undo
 */
record MigrationName(String folder, List<BigInteger> version, boolean repeatable, boolean undo, String subject) {

    /** The order in which files run: by folder, by version, then by name; repeatable ones last. */
    static final Comparator<String> ORDER =
            Comparator.comparing(MigrationName::of, MigrationName::compare).thenComparing(Comparator.naturalOrder());

    private static final Pattern FLYWAY = Pattern.compile("([VU])([0-9]+(?:[._][0-9]+)*)(?:__(.*))?");
    private static final Pattern NUMBERED = Pattern.compile("([0-9]+(?:\\.[0-9]+)*)(.*)");
    private static final Pattern UNDO =
            Pattern.compile("(?:.*[._-])?(down|undo|rollback|revert)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIRECTION =
            Pattern.compile("[._-]?(up|down|do|undo|apply|rollback|revert)$", Pattern.CASE_INSENSITIVE);

    MigrationName {
        version = List.copyOf(version);
    }

    static MigrationName of(String path) {
        int slash = path.lastIndexOf('/') + 1;
        String folder = path.substring(0, slash);
        String base = path.substring(slash).replaceFirst("(?i)\\.sql$", "");
        Matcher flyway = FLYWAY.matcher(base);
        if (flyway.matches()) {
            return new MigrationName(
                    folder, numbers(flyway.group(2)), false, flyway.group(1).equals("U"), flyway.group(2));
        }
        boolean undo = UNDO.matcher(base).matches();
        String subject = DIRECTION.matcher(base).replaceFirst("").toLowerCase(Locale.ROOT);
        Matcher numbered = NUMBERED.matcher(base);
        List<BigInteger> version = numbered.matches() ? numbers(numbered.group(1)) : List.of();
        return new MigrationName(folder, version, base.startsWith("R__"), undo, subject);
    }

    /** Whether this file takes back what the other does. */
    boolean undoes(MigrationName other) {
        return undo && !other.undo && folder.equals(other.folder) && subject.equals(other.subject);
    }

    private static List<BigInteger> numbers(String text) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : text.split("[._]", -1)) {
            numbers.add(new BigInteger(part));
        }
        return numbers;
    }

    private static int compare(MigrationName one, MigrationName other) {
        int folders = one.folder.compareTo(other.folder);
        if (folders != 0) {
            return folders;
        }
        if (one.repeatable != other.repeatable) {
            return one.repeatable ? 1 : -1;
        }
        // Files without a number run after numbered ones in no tool that is known; they come first, as a schema file
        // would.
        for (int part = 0; part < Math.max(one.version.size(), other.version.size()); part++) {
            int parts = part(one, part).compareTo(part(other, part));
            if (parts != 0) {
                return parts;
            }
        }
        return Boolean.compare(one.undo, other.undo);
    }

    private static BigInteger part(MigrationName name, int index) {
        return index < name.version.size() ? name.version.get(index) : BigInteger.ZERO;
    }
}
