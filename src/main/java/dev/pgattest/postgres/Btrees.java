package dev.pgattest.postgres;

import dev.pgattest.health.Bloat;
import dev.pgattest.health.BtreeShape;
import dev.pgattest.health.HealthSnapshot.Gap;
import dev.pgattest.health.IndexFacts;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much air B-trees hold: estimated from statistics, or by reading all of their pages. */
record Btrees(Session session, ReadOnlyTransactions transactions, int pageBytes) {

    /** Smaller indexes are not worth it: half of this is far below what is reported. */
    static final int FEWEST_PAGES = 128;

    /** One scan holds a snapshot as long as it runs, and no longer than this. */
    private static final Duration LONGEST_SCAN = Duration.ofMinutes(1);

    private static final String CANCELLED = "57014";
    private static final String NO_RIGHT = "42501";

    private record Column(
            QualifiedName index,
            double rows,
            int fillFactor,
            boolean deduplicates,
            BtreeShape.@Nullable Column column) {}

    /** What statistics tell, by index; without those that they cannot tell about. */
    Map<QualifiedName, Bloat> estimated(List<IndexFacts> indexes, List<HealthSchema.Row> tables) {
        Map<QualifiedName, Double> changed = tables.stream()
                .map(HealthSchema.Row::table)
                .collect(Collectors.toMap(
                        each -> each.name(), each -> (double) each.writes().sinceAnalyze()));
        Map<QualifiedName, IndexFacts> byName =
                indexes.stream().collect(Collectors.toMap(IndexFacts::name, Function.identity()));
        Map<QualifiedName, List<Column>> columns =
                transactions
                        .read(() -> session.query(SqlResource.text("health_btrees"), Btrees::column, FEWEST_PAGES))
                        .stream()
                        .collect(Collectors.groupingBy(Column::index, LinkedHashMap::new, Collectors.toList()));
        Map<QualifiedName, Bloat> bloat = new HashMap<>();
        columns.forEach((name, all) -> {
            IndexFacts index = byName.get(name);
            if (index != null) {
                double uncertain = changed.getOrDefault(index.index().table(), 0.0);
                shape(index, all, uncertain).bloat().ifPresent(found -> bloat.put(name, found));
            }
        });
        return bloat;
    }

    private BtreeShape shape(IndexFacts index, List<Column> all, double rowsChanged) {
        List<BtreeShape.Column> known = new ArrayList<>();
        for (Column column : all) {
            if (column.column() == null) {
                known.clear();
                break;
            }
            known.add(column.column());
        }
        return new BtreeShape(
                index.index().sizeBytes() / pageBytes,
                pageBytes,
                all.get(0).rows(),
                rowsChanged,
                all.get(0).fillFactor(),
                all.stream().allMatch(Column::deduplicates),
                known);
    }

    private static Column column(ResultSet row) throws SQLException {
        double average = row.getDouble("average_bytes");
        boolean hidden = row.wasNull();
        return new Column(
                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                row.getDouble("rows"),
                row.getInt("fill_factor"),
                row.getBoolean("deduplicates") && row.getBoolean("equal_is_same"),
                hidden
                        ? null
                        : new BtreeShape.Column(
                                row.getInt("bytes"),
                                row.getInt("alignment"),
                                average,
                                row.getDouble("null_share"),
                                row.getDouble("distinct_values")));
    }

    /** What reading all pages tells, by index; why it tells nothing goes to the gaps. */
    Map<QualifiedName, Bloat> exact(List<IndexFacts> indexes, HealthServer server, List<Gap> gaps) {
        Map<QualifiedName, Bloat> bloat = new HashMap<>();
        if (server.pgstattuple() == null) {
            gaps.add(new Gap(
                    Gap.Kind.UNKNOWN,
                    "",
                    "--exact-bloat needs the extension pgstattuple, which this database does not have: bloat is estimated",
                    "create extension pgstattuple;"));
            return bloat;
        }
        ReadOnlyTransactions scans = new ReadOnlyTransactions(session, LONGEST_SCAN);
        for (IndexFacts index : indexes) {
            boolean worth = index.index().definition().method().equals("btree")
                    && !index.index().partitioned()
                    && index.index().standing().valid()
                    && index.index().sizeBytes() >= (long) FEWEST_PAGES * pageBytes;
            if (worth && !scan(scans, server, index, gaps, bloat)) {
                return bloat;
            }
        }
        return bloat;
    }

    /** Whether it is worth to go on with the others. */
    private boolean scan(
            ReadOnlyTransactions scans,
            HealthServer server,
            IndexFacts index,
            List<Gap> gaps,
            Map<QualifiedName, Bloat> bloat) {
        String sql = "select leaf_pages, internal_pages, avg_leaf_density, index_size from " + server.pgstattuple()
                + ".pgstatindex(?::pg_catalog.regclass)";
        try {
            scans.read(() -> session.query(
                            sql, row -> exact(row, index), index.name().sql()))
                    .forEach(found -> bloat.put(index.name(), found));
            return true;
        } catch (SqlFailure e) {
            if (e.sqlState().equals(NO_RIGHT)) {
                gaps.add(new Gap(
                        Gap.Kind.RIGHT,
                        "",
                        "the role " + server.role() + " may not call pgstatindex: bloat is estimated",
                        "grant pg_stat_scan_tables to " + Identifier.quote(server.role()) + ";"));
                return false;
            }
            if (e.isTrouble() && !e.sqlState().equals(CANCELLED)) {
                throw e;
            }
            gaps.add(new Gap(
                    Gap.Kind.UNKNOWN,
                    index.name().sql(),
                    "its pages could not be read within " + LONGEST_SCAN.toSeconds() + " s, so its bloat is estimated: "
                            + e.serverMessage(),
                    ""));
            return true;
        }
    }

    private Bloat exact(ResultSet row, IndexFacts index) throws SQLException {
        double fill = Double.parseDouble(index.index().definition().storage().getOrDefault("fillfactor", "90"));
        double density = row.getDouble("avg_leaf_density");
        double leaves = row.getLong("leaf_pages") * (Double.isNaN(density) ? 0 : Math.min(1, density / fill));
        double needed = 1 + row.getLong("internal_pages") + Math.ceil(leaves);
        double pages = Math.max(1, row.getLong("index_size") / (double) pageBytes);
        double air = Math.max(0, Math.min(1, 1 - needed / pages));
        return new Bloat(air, air, Bloat.Method.EXACT);
    }
}
