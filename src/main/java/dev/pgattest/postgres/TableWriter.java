package dev.pgattest.postgres;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Updates of single rows of a table that leave their values as they are: what anybody may do to any table with a key. */
public final class TableWriter {

    private static final int ROWS = 1_000;

    private TableWriter() {}

    /**
     * Updates of rows that were drawn evenly, by primary key; empty when the table has no primary key, no rows, nothing that an update may
     * set, or refuses to be updated.
     */
    public static Optional<LoadStream> of(
            Connections connections, QualifiedName table, double perSecond, int sessions) {
        try (Session session = connections.open()) {
            List<String> key = session.texts(SqlResource.text("primary_key_columns"), table.sql());
            List<String> changeable = TrialTable.read(session, table).changeable();
            if (key.isEmpty() || changeable.isEmpty()) {
                return Optional.empty();
            }
            List<CaseStatement> draws = draws(session, table, key, changeable.get(0));
            if (draws.isEmpty() || !accepts(session, draws.get(0))) {
                return Optional.empty();
            }
            return Optional.of(
                    new LoadStream("update " + table.sql(), perSecond, sessions, draws, LoadStream.Ending.COMMIT));
        }
    }

    private static List<CaseStatement> draws(Session session, QualifiedName table, List<String> key, String column) {
        List<String> texts =
                key.stream().map(each -> Identifier.quote(each) + "::text").toList();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            conditions.add(Identifier.quote(key.get(i)) + " = :key" + (i + 1));
        }
        String set = Identifier.quote(column);
        NamedSql update = (NamedSql) NamedSql.parse(
                "update " + table.sql() + " set " + set + " = " + set + " where " + String.join(" and ", conditions));
        return session.query(
                "select " + String.join(", ", texts) + " from " + table.sql() + " order by pg_catalog.hashtext("
                        + String.join(" || ", texts) + ") limit " + ROWS,
                row -> {
                    Map<String, @Nullable String> values = new HashMap<>();
                    for (int i = 0; i < key.size(); i++) {
                        values.put("key" + (i + 1), row.getString(i + 1));
                    }
                    return new CaseStatement("an update of " + table.sql(), update, values, null, Map.of(), true);
                });
    }

    /** A trigger may refuse every update, as those of tables that only grow do. */
    private static boolean accepts(Session session, CaseStatement update) {
        try (CaseSession trial = CaseSession.open(new Connections(session.settings()).open(), update, "auto")) {
            trial.execute();
            return true;
        } catch (PgattestException refused) {
            if (refused.exitCode() == ExitCode.BAD_INPUT) {
                return false;
            }
            throw refused;
        }
    }
}
