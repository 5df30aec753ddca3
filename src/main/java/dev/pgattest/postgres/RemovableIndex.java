package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.sql.Array;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An index that can be taken away on its own: not a part of a partitioned one, which goes with all its parts.
 *
 * @param name its name with its schema
 * @param table its table
 * @param definition as {@code pg_get_indexdef()} prints it
 * @param remove statement that takes it away, with the constraint that owns it
 * @param referencedBy foreign keys that refer to its columns and so hold it, each with its table
 * @param parts names, without schemas, under which plans show it: its own, or those of its parts
 * @param tables quoted names of the tables that hold its rows: its own, or the partitions
 * @param sizeBytes size of its files
 * @param tableBytes size of its table with TOAST, without indexes
 */
public record RemovableIndex(
        QualifiedName name,
        QualifiedName table,
        String definition,
        String remove,
        List<String> referencedBy,
        Set<String> parts,
        Set<String> tables,
        long sizeBytes,
        long tableBytes) {

    private static final String DEPENDENT_OBJECTS = "2BP01";

    public RemovableIndex {
        referencedBy = List.copyOf(referencedBy);
        parts = Set.copyOf(parts);
        tables = Set.copyOf(tables);
    }

    /** Every such index of the user's schemas, by table and name. */
    public static List<RemovableIndex> all(Session session) {
        return session.query(
                SqlResource.text("removable_indexes"),
                row -> new RemovableIndex(
                        new QualifiedName(row.getString("schema_name"), row.getString("name")),
                        new QualifiedName(row.getString("table_schema"), row.getString("table_name")),
                        row.getString("definition"),
                        row.getString("remove"),
                        texts(row.getArray("referenced_by")),
                        Set.copyOf(texts(row.getArray("parts"))),
                        Set.copyOf(texts(row.getArray("tables"))),
                        row.getLong("size_bytes"),
                        row.getLong("table_bytes")));
    }

    /**
     * Takes it away for the rest of the session's open transaction, under a lock on its table that lets nobody else in.
     *
     * @return why it could not be taken away, a part of a sentence; empty when it was
     */
    public Optional<String> leaveOut(Session session) {
        return referencedBy.isEmpty()
                ? leaveOutUnreferenced(session)
                : Optional.of("foreign keys refer to it: " + String.join(", ", referencedBy));
    }

    /** Like {@link #leaveOut}, where no foreign key refers to it any more. */
    Optional<String> leaveOutUnreferenced(Session session) {
        session.execute("savepoint pgattest_removal");
        try {
            session.execute(remove);
            return Optional.empty();
        } catch (SqlFailure failure) {
            if (!failure.sqlState().equals(DEPENDENT_OBJECTS)) {
                throw failure;
            }
            session.execute("rollback to savepoint pgattest_removal");
            return Optional.of(failure.serverMessage());
        }
    }

    /** Builds it anew, outside of any transaction, and returns the milliseconds that it took. */
    public double rebuild(Session session) {
        long start = System.nanoTime();
        session.execute("reindex index " + name.sql());
        return (System.nanoTime() - start) / 1e6;
    }

    /**
     * How often a session has scanned the indexes of each name so far, whatever scanned them: a plan, a function, a check of a foreign
     * key. Only the growth inside one transaction has a meaning.
     */
    public static Map<String, Long> scans(Session session) {
        Map<String, Long> scans = new HashMap<>();
        session.query(
                SqlResource.text("index_scans"),
                row -> scans.merge(row.getString("name"), row.getLong("scans"), Long::sum));
        return scans;
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
