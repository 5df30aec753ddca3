package dev.pgattest.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** One statement of a case, prepared on the server as a pool's driver does it. */
final class CaseStep {

    private final CaseStatement.Text text;
    private final PreparedStatement prepared;
    private @Nullable Map<String, @Nullable String> bound;

    private CaseStep(CaseStatement.Text text, PreparedStatement prepared) {
        this.text = text;
        this.prepared = prepared;
    }

    static CaseStep prepare(Connection connection, CaseStatement.Text text) throws SQLException {
        PreparedStatement prepared =
                connection.prepareStatement(text.sql().jdbc().text());
        prepared.unwrap(PGStatement.class).setPrepareThreshold(1);
        return new CaseStep(text, prepared);
    }

    String file() {
        return text.file();
    }

    List<String> parameters() {
        return text.sql().parameters();
    }

    /** What the last execution was given; empty before the first. */
    Map<String, @Nullable String> values() {
        return bound == null ? Map.of() : bound;
    }

    /** Names of the columns that it returns; none when it returns no rows. */
    List<String> columns() throws SQLException {
        ResultSetMetaData metaData = prepared.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; metaData != null && i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnLabel(i));
        }
        return columns;
    }

    /** Runs it; the same map is bound once. */
    void execute(Map<String, @Nullable String> values, CaseExecution.Rows rows) throws SQLException {
        if (values != bound) {
            bind(values);
        }
        if (!prepared.execute()) {
            rows.take(null);
            return;
        }
        try (ResultSet result = prepared.getResultSet()) {
            rows.take(result);
        }
    }

    void close() throws SQLException {
        prepared.close();
    }

    private void bind(Map<String, @Nullable String> values) throws SQLException {
        int index = 1;
        for (String name : text.sql().jdbcParameters()) {
            // Types.OTHER leaves the type open, so that the server infers it as it does for the application.
            prepared.setObject(index++, values.get(name), Types.OTHER);
        }
        bound = values;
    }
}
