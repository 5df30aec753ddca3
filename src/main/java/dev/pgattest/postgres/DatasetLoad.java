package dev.pgattest.postgres;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DerivedTable;
import dev.pgattest.dataset.TableData;
import dev.pgattest.postgres.LoadedTableObjects.Kind;
import dev.pgattest.postgres.LoadedTableObjects.TableObject;
import dev.pgattest.postgres.ParallelWork.Task;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Loads a dataset: binary COPY into bare tables, one connection a table and several tables at once, then keys and indexes in
 * parallel, then references, then the materialized views, which are empty since the migrations, then VACUUM ANALYZE.
 *
 * <p>A table is never shared by two connections: its rows lie in the order of their numbers whatever the number of
 * connections, so that the buffers a query touches do not depend on it.
 */
public final class DatasetLoad {

    private final Supplier<Session> open;
    private final int connections;
    private final LoadProgress progress;
    private final Map<String, Double> buildMs = new ConcurrentHashMap<>();

    /**
     * Prepares a load.
     *
     * @param open opens a session to the database
     * @param connections number of sessions to use at once
     */
    public DatasetLoad(Supplier<Session> open, int connections, LoadProgress progress) {
        this.open = open;
        this.connections = connections;
        this.progress = progress;
    }

    /** Loads every table of the dataset. Returns milliseconds that building each index took, by quoted, schema-qualified index name. */
    public Map<String, Double> run(Dataset dataset) {
        List<TableData> tables = dataset.tables();
        long rows = tables.stream().mapToLong(TableData::rows).sum();
        try (Session session = open.get()) {
            List<String> names = Stream.concat(
                            tables.stream().map(TableCopy::quoted),
                            dataset.derived().stream().map(TableDerivation::quoted))
                    .toList();
            LoadedTableObjects objects = LoadedTableObjects.removeFrom(session, names);
            progress.rowsExpected(rows);
            copyAndIndex(tables, objects);
            derive(session, dataset, objects);
            progress.phase("references");
            objects.ofKind(Kind.REFERENCE).forEach(reference -> build(session, reference));
            objects.ofKind(Kind.TRIGGER).forEach(trigger -> build(session, trigger));
            refresh(session);
            objects.ofKind(Kind.ROW_SECURITY).forEach(security -> build(session, security));
        }
        progress.phase("vacuum and analyze");
        vacuum(open, connections);
        return Map.copyOf(buildMs);
    }

    /** Vacuums and analyzes every table of the user's schemas, several at once. */
    public static void vacuum(Supplier<Session> open, int connections) {
        ParallelWork work = new ParallelWork();
        try (Session session = open.get()) {
            Catalog.tables(session)
                    .forEach(table -> work.add(new Task(
                            table.name(), table.pages(), each -> each.execute("vacuum (analyze) " + table.name()))));
        }
        work.run(connections, open);
    }

    /** While row security does not bind owners yet: the owner of a view and of the tables below it reads all rows. */
    private void refresh(Session session) {
        SortedMap<Integer, ParallelWork> levels = new TreeMap<>();
        session.query(
                SqlResource.text("materialized_views"),
                row -> refresh(
                        row.getString("name"),
                        levels.computeIfAbsent(row.getInt("level"), level -> new ParallelWork())));
        if (!levels.isEmpty()) {
            progress.phase("materialized views");
        }
        levels.values().forEach(work -> work.run(connections, open));
    }

    private static String refresh(String view, ParallelWork work) {
        work.add(new Task(view, 1, session -> {
            StateScript.keepRowOrder(session);
            session.execute("refresh materialized view " + view);
        }));
        return view;
    }

    private void copyAndIndex(List<TableData> tables, LoadedTableObjects objects) {
        ParallelWork work = new ParallelWork();
        for (TableData table : tables) {
            long bytes = table.estimatedBytes();
            work.add(new Task(table.name(), Long.MAX_VALUE / 2 + bytes, session -> {
                new TableCopy(session, progress).fill(table);
                for (Kind kind : List.of(Kind.KEY, Kind.INDEX)) {
                    for (TableObject object : objects.ofKind(kind)) {
                        if (object.table().equals(qualified(session, TableCopy.quoted(table)))) {
                            work.add(new Task(object.name(), bytes, each -> build(each, object)));
                        }
                    }
                }
            }));
        }
        work.run(Math.min(connections, Math.max(1, tables.size())), open);
    }

    /** Tables are made from others once those can be read fast, with indexes and statistics. */
    private void derive(Session session, Dataset dataset, LoadedTableObjects objects) {
        if (dataset.derived().isEmpty()) {
            return;
        }
        progress.phase("statistics of the generated tables");
        dataset.tables().forEach(table -> session.execute("analyze " + TableCopy.quoted(table)));
        for (DerivedTable table : dataset.derived()) {
            progress.phase("deriving " + table.name());
            new TableDerivation(session, table).fill();
            for (Kind kind : List.of(Kind.KEY, Kind.INDEX)) {
                objects.ofKind(kind).stream()
                        .filter(object -> object.table().equals(qualified(session, TableDerivation.quoted(table))))
                        .forEach(object -> build(session, object));
            }
            session.execute("analyze " + TableDerivation.quoted(table));
        }
    }

    private void build(Session session, TableObject object) {
        long start = System.nanoTime();
        session.execute(object.build());
        if (object.kind() == Kind.KEY || object.kind() == Kind.INDEX) {
            buildMs.put(object.name(), (System.nanoTime() - start) / 1e6);
        }
        if (object.attach() != null) {
            session.execute(object.attach());
        }
        if (object.finish() != null && !object.finish().isEmpty()) {
            session.execute(object.finish());
        }
    }

    private static String qualified(Session session, String quoted) {
        return session.text(
                "select pg_catalog.format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class as c"
                        + " join pg_catalog.pg_namespace as n on n.oid = c.relnamespace"
                        + " where c.oid = ?::pg_catalog.regclass",
                quoted);
    }
}
