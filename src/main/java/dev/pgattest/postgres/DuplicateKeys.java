package dev.pgattest.postgres;

import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows that keep a unique index from being built. */
public final class DuplicateKeys {

    private static final int SHOWN = 5;

    /** The whole table may have to be sorted, and the message is worth no more. */
    private static final String PATIENCE = "set local statement_timeout = '60s'";

    private DuplicateKeys() {}

    private record Parts(List<String> keys, String condition, boolean nullsEqual) {}

    /**
     * A few of the keys that more than one row has.
     *
     * @param index what the failed build left behind
     * @param table its table
     * @return in words; empty when they cannot be read or are gone
     */
    public static List<String> of(Session session, QualifiedName index, QualifiedName table) {
        try {
            session.execute("begin");
            session.execute(PATIENCE);
            List<String> found = new ArrayList<>();
            for (Parts parts : parts(session, index)) {
                found.addAll(session.query(
                        query(parts, table),
                        row -> "(" + String.join(", ", parts.keys()) + ") = " + row.getString(1) + ", " + row.getLong(2)
                                + " rows"));
            }
            return found;
        } catch (SqlFailure notReadable) {
            if (notReadable.isTrouble() && !notReadable.sqlState().equals("57014")) {
                throw notReadable;
            }
            return List.of();
        } finally {
            rollBack(session);
        }
    }

    private static void rollBack(Session session) {
        try {
            session.execute("rollback");
        } catch (SqlFailure lost) {
            // What the connection was lost at is on its way already.
            if (!lost.isTrouble()) {
                throw lost;
            }
        }
    }

    private static List<Parts> parts(Session session, QualifiedName index) {
        return session.query(
                SqlResource.text("invalid_index_parts"),
                row -> new Parts(
                        List.of((String[]) row.getArray("keys").getArray()),
                        row.getString("condition"),
                        row.getBoolean("nulls_equal")),
                index.sql());
    }

    /** The keys and the condition are the server's own words about its own index. */
    private static String query(Parts parts, QualifiedName table) {
        String keys = parts.keys().stream().map(key -> "(" + key + ")").collect(Collectors.joining(", "));
        String notNull = parts.nullsEqual()
                ? ""
                : parts.keys().stream()
                        .map(key -> " and (" + key + ") is not null")
                        .collect(Collectors.joining());
        return "select pg_catalog.concat('(', pg_catalog.concat_ws(', ', " + keys + "), ')'), pg_catalog.count(*) from "
                + table.sql() + " where (" + parts.condition() + ")" + notNull + " group by " + keys
                + " having pg_catalog.count(*) > 1 order by 2 desc, 1 limit " + SHOWN;
    }
}
