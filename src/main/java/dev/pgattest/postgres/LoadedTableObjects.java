package dev.pgattest.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is taken off tables before rows are loaded and put back afterwards: references, keys, indexes, triggers, forced row
 * security. Loading first and building afterwards is about four times faster than loading with keys in place.
 *
 * <p>Objects that something else depends on (a view that groups by a key, say) stay where they are.
 */
final class LoadedTableObjects {

    private final List<TableObject> removed;

    private LoadedTableObjects(List<TableObject> removed) {
        this.removed = List.copyOf(removed);
    }

    /** The kinds, in the order in which they are removed; they are built in the opposite order. */
    enum Kind {
        REFERENCE("reference"),
        KEY("key"),
        INDEX("index"),
        TRIGGER("trigger"),
        ROW_SECURITY("row security");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("unknown kind: " + text);
        }
    }

    /**
     * One removed object.
     *
     * @param table quoted name of its table
     * @param name quoted name of the object
     * @param build statement that builds it again
     * @param attach statement that turns the built index into a constraint, where it was one
     * @param finish statements that restore comments and other properties, if any
     */
    record TableObject(
            Kind kind,
            String table,
            String name,
            String remove,
            String build,
            @Nullable String attach,
            @Nullable String finish) {}

    /** Takes the objects off the tables. */
    static LoadedTableObjects removeFrom(Session session, List<String> tables) {
        List<TableObject> found = new ArrayList<>(read(session, tables));
        List<TableObject> removed = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (TableObject object : found) {
                if (object.kind() == kind && remove(session, object)) {
                    removed.add(object);
                }
            }
        }
        return new LoadedTableObjects(removed);
    }

    /** The removed objects of one kind, in order of table and name. */
    List<TableObject> ofKind(Kind kind) {
        return removed.stream().filter(object -> object.kind() == kind).toList();
    }

    private static List<TableObject> read(Session session, List<String> tables) {
        return session.query(
                SqlResource.text("loaded_table_objects"),
                row -> new TableObject(
                        Kind.of(row.getString("kind")),
                        row.getString("table_name"),
                        row.getString("name"),
                        row.getString("remove"),
                        row.getString("build"),
                        row.getString("attach"),
                        row.getString("finish")),
                (Object) tables.toArray(String[]::new));
    }

    private static boolean remove(Session session, TableObject object) {
        try {
            session.execute(object.remove());
            return true;
        } catch (SqlFailure failure) {
            if (failure.sqlState().equals("2BP01")) {
                return false;
            }
            throw failure;
        }
    }
}
