package dev.pgattest.postgres;

import dev.pgattest.health.Bloat;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthSnapshot.Gap;
import dev.pgattest.health.HealthSnapshot.SchemaFacts;
import dev.pgattest.health.IndexFacts;
import dev.pgattest.health.IndexFacts.ExpressionStatistics;
import dev.pgattest.health.SequenceFacts;
import dev.pgattest.health.TableFacts;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads tables, indexes, foreign keys and sequences with what the server counts about them. */
final class HealthSchema {

    private static final int SHOWN_NAMES = 3;

    private final Session session;
    private final ReadOnlyTransactions transactions;
    private final HealthServer server;
    private final HealthLocks locks;
    private final List<Gap> gaps;

    /**
     * Prepares to read.
     *
     * @param gaps where to note what cannot be read
     */
    HealthSchema(
            Session session,
            ReadOnlyTransactions transactions,
            HealthServer server,
            HealthLocks locks,
            List<Gap> gaps) {
        this.session = session;
        this.transactions = transactions;
        this.server = server;
        this.locks = locks;
        this.gaps = gaps;
    }

    SchemaFacts read(BloatReading reading) {
        List<Row> rows = transactions.read(this::tables);
        List<TableFacts> tables = rows.stream().map(Row::table).toList();
        Set<QualifiedName> known = tables.stream().map(TableFacts::name).collect(Collectors.toSet());
        hidden(rows);
        List<IndexFacts> indexes = indexes(known);
        Btrees btrees = new Btrees(session, transactions, server.pageBytes());
        Map<QualifiedName, Bloat> bloat = btrees.estimated(indexes, rows);
        if (reading == BloatReading.EXACT) {
            bloat.putAll(btrees.exact(indexes, server, gaps));
        }
        List<ForeignKey> keys = transactions.read(() -> IndexCatalog.foreignKeys(session)).stream()
                .filter(key -> known.contains(key.table()))
                .toList();
        List<SequenceFacts> sequences = new Sequences(session, transactions, server.role(), gaps).read(locks);
        return new SchemaFacts(
                tables,
                indexes.stream()
                        .map(index -> index.withBloat(bloat.get(index.name())))
                        .toList(),
                keys,
                sequences);
    }

    private List<IndexFacts> indexes(Set<QualifiedName> tables) {
        List<CatalogIndex> indexes = transactions.read(() -> IndexCatalog.indexesWithout(session, locks.array()));
        Map<QualifiedName, IndexUse> uses = transactions.read(() -> IndexUse.byName(session));
        List<IndexFacts> facts = indexes.stream()
                .filter(index -> tables.contains(index.table()))
                .map(index -> {
                    IndexUse use = uses.getOrDefault(index.name(), IndexUse.NONE);
                    return new IndexFacts(index, use.use(), use.created(), use.expressions(), null);
                })
                .toList();
        List<String> unseen = facts.stream()
                .filter(index -> index.expressions() == ExpressionStatistics.HIDDEN)
                .map(index -> index.name().sql())
                .toList();
        if (!unseen.isEmpty()) {
            gaps.add(new Gap(
                    Gap.Kind.RIGHT,
                    "",
                    "whether the expressions of " + listed(unseen) + " were analyzed cannot be seen by "
                            + server.role(),
                    "grant pg_read_all_data to " + Identifier.quote(server.role()) + ";"));
        }
        return facts;
    }

    /**
     * A table, and why its statistics may be hidden.
     *
     * @param mayRead whether the role may read the table
     * @param rowSecurity whether policies hide rows from the role, and with them the statistics
     */
    record Row(TableFacts table, boolean mayRead, boolean rowSecurity) {}

    private List<Row> tables() {
        return session.query(SqlResource.text("health_tables"), HealthSchema::row, locks.array());
    }

    private static Row row(ResultSet row) throws SQLException {
        boolean mayRead = row.getBoolean("may_read");
        boolean rowSecurity = row.getBoolean("row_security");
        TableFacts table = new TableFacts(
                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                switch (row.getString("kind")) {
                    case "p" -> TableFacts.Kind.PARTITIONED;
                    case "m" -> TableFacts.Kind.MATERIALIZED_VIEW;
                    default -> TableFacts.Kind.TABLE;
                },
                HealthCatalog.name(row, "parent_schema", "parent_name"),
                new TableFacts.Size(row.getLong("size_bytes"), row.getDouble("rows")),
                new TableFacts.Reads(
                        row.getLong("sequential_scans"), row.getLong("sequential_rows"), row.getLong("index_scans")),
                new TableFacts.Writes(row.getLong("updated"), row.getLong("deleted"), row.getLong("since_analyze")),
                new TableFacts.Analysis(
                        mayRead && !rowSecurity,
                        row.getBoolean("statistics"),
                        HealthServer.instant(row, "last_analyzed")),
                new TableFacts.Cache(
                        row.getLong("table_hits"),
                        row.getLong("table_reads"),
                        row.getLong("index_hits"),
                        row.getLong("index_reads")));
        return new Row(table, mayRead, rowSecurity);
    }

    /** The planner's statistics can only be seen by who may read the table, and all of its rows. */
    private void hidden(List<Row> rows) {
        List<String> unreadable = rows.stream()
                .filter(row -> !row.mayRead())
                .map(row -> row.table().name().sql())
                .toList();
        List<String> secured = rows.stream()
                .filter(row -> row.mayRead() && row.rowSecurity())
                .map(row -> row.table().name().sql())
                .toList();
        String effect = " are hidden from " + server.role()
                + ": bloat of their indexes, and whether they were ever analyzed, could not be judged for ";
        String role = Identifier.quote(server.role());
        if (!unreadable.isEmpty()) {
            gaps.add(new Gap(
                    Gap.Kind.RIGHT,
                    "",
                    "the planner's statistics" + effect + listed(unreadable),
                    "grant pg_read_all_data to " + role + ";\n-- or, for one table: grant select on "
                            + unreadable.get(0) + " to " + role + ";"));
        }
        if (!secured.isEmpty()) {
            gaps.add(new Gap(
                    Gap.Kind.RIGHT,
                    "",
                    "the planner's statistics of tables with row-level security" + effect + listed(secured),
                    "alter role " + role + " bypassrls;"));
        }
    }

    /** A few names, and how many more there are. */
    static String listed(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(SHOWN_NAMES, names.size())));
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more == 0 ? "" : " and " + more + " more");
    }
}
