package dev.pgattest.postgres;

import dev.pgattest.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything in the user's schemas that a migration can alter, as sorted lines without oids, and a digest of them.
 *
 * @param lines one line for each table, column, index, constraint, view, function, policy, grant, comment, ...
 * @param digest SHA-256 of the lines, in hexadecimal
 */
public record SchemaFingerprint(List<String> lines, String digest) {

    public SchemaFingerprint {
        lines = List.copyOf(lines);
    }

    /** Reads the schema of the session's database. */
    public static SchemaFingerprint read(Session session) {
        List<String> lines = session.texts(SqlResource.text("schema_lines"));
        return new SchemaFingerprint(lines, Sha256.hex(String.join("\n", lines)));
    }

    /** Number of tables, views, materialized views and sequences. */
    public long relations() {
        return lines.stream().filter(line -> line.startsWith("relation ")).count();
    }

    /** What {@code later} has more ({@code + line}) or less ({@code - line}) than this one; empty when they are equal. */
    public List<String> differences(SchemaFingerprint later) {
        List<String> missing = new ArrayList<>(lines);
        List<String> added = new ArrayList<>();
        for (String line : later.lines) {
            if (!missing.remove(line)) {
                added.add("+ " + line);
            }
        }
        List<String> differences = new ArrayList<>();
        missing.forEach(line -> differences.add("- " + line));
        differences.addAll(added);
        return differences;
    }
}
