package dev.pgattest.postgres;

import dev.pgattest.health.IndexFacts.ExpressionStatistics;
import dev.pgattest.health.IndexFacts.Use;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an index was used, and what the planner knows about its expressions. */
record IndexUse(Use use, @Nullable Instant created, ExpressionStatistics expressions) {

    /** Of an index that the server counts nothing about. */
    static final IndexUse NONE = new IndexUse(Use.NONE, null, ExpressionStatistics.NO_EXPRESSIONS);

    /** All indexes that hold rows, by name. */
    static Map<QualifiedName, IndexUse> byName(Session session) {
        Map<QualifiedName, IndexUse> uses = new LinkedHashMap<>();
        session.query(
                SqlResource.text("health_index_use"),
                row -> uses.put(
                        new QualifiedName(row.getString("schema_name"), row.getString("name")),
                        new IndexUse(
                                new Use(row.getLong("scans"), HealthServer.instant(row, "last_scan")),
                                HealthServer.instant(row, "created"),
                                expressions(row))));
        return uses;
    }

    private static ExpressionStatistics expressions(ResultSet row) throws SQLException {
        if (!row.getBoolean("expressions")) {
            return ExpressionStatistics.NO_EXPRESSIONS;
        }
        if (row.getBoolean("statistics")) {
            return ExpressionStatistics.PRESENT;
        }
        return row.getBoolean("may_read") ? ExpressionStatistics.ABSENT : ExpressionStatistics.HIDDEN;
    }
}
