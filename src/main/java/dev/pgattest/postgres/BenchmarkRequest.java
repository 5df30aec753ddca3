package dev.pgattest.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Which database to work in.
 *
 * @param project the project's name
 * @param database the database's name
 * @param foreign what to do when a database of that name exists that pgattest did not create
 */
public record BenchmarkRequest(String project, String database, Foreign foreign) {

    /** What to do with a database that pgattest did not create. */
    public enum Foreign {
        /** Leave it alone and fail. */
        REFUSE,
        /** Work in it because the user said so with an explicit flag. It is never marked and never dropped. */
        USE
    }

    private static final int LONGEST_NAME = 63;
    private static final String PREFIX = "pgattest_";

    /** The project's own database, {@code pgattest_<project>}. */
    public static BenchmarkRequest of(String project) {
        return new BenchmarkRequest(project, databaseFor(project), Foreign.REFUSE);
    }

    /** A database by name, such as {@code --database} gives; it must be pgattest's or not exist yet. */
    public BenchmarkRequest in(String otherDatabase) {
        return new BenchmarkRequest(project, otherDatabase, foreign);
    }

    /** The same, in a database that is the user's own; only an explicit flag of the user's allows this. */
    public BenchmarkRequest owningIt() {
        return new BenchmarkRequest(project, database, Foreign.USE);
    }

    /** A name that needs no quotes and fits; a project whose name had to be changed gets a digest, so that no two share one. */
    static String databaseFor(String project) {
        String safe = project.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (safe.equals(project) && PREFIX.length() + safe.length() <= LONGEST_NAME) {
            return PREFIX + safe;
        }
        String digest = "_" + digest(project);
        int room = LONGEST_NAME - PREFIX.length() - digest.length();
        return PREFIX + safe.substring(0, Math.min(room, safe.length())) + digest;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
