package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.dataset.DerivedTable;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.QualifiedName;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Fills one table of a dataset from others, on the server. */
final class TableDerivation {

    private static final String PREPARED = "pgattest_derived";

    private final Session session;
    private final DerivedTable table;
    private final NamedSql query;

    TableDerivation(Session session, DerivedTable table) {
        this.session = session;
        this.table = table;
        if (!(NamedSql.parse(table.query().text()) instanceof NamedSql sql)) {
            throw new IllegalStateException("the project was checked, but this is no statement: "
                    + table.query().path());
        }
        this.query = sql;
    }

    /** The table's name, quoted. */
    static String quoted(DerivedTable table) {
        return QualifiedName.exact(table.name()).orElseThrow().sql();
    }

    /**
     * The columns that the query fills, in its order.
     *
     * @throws PgattestException of bad input, with line and column, when the server refuses the query
     */
    List<String> columns() {
        return refusing(
                "",
                query.sent().text(),
                sql -> session.with(sql, connection -> {
                    List<String> columns = new ArrayList<>();
                    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                        ResultSetMetaData metaData = prepared.getMetaData();
                        for (int i = 1; i <= metaData.getColumnCount(); i++) {
                            columns.add(metaData.getColumnLabel(i));
                        }
                    }
                    return columns;
                }));
    }

    /**
     * Has the server plan the filling without doing it.
     *
     * @throws PgattestException of bad input when columns or types of query and table do not fit
     */
    void rehearse() {
        String prefix = "prepare " + PREPARED + " as " + insertion();
        refusing(prefix, prefix + query.sent().text(), sql -> {
            session.execute(sql);
            session.execute("deallocate " + PREPARED);
            return table;
        });
    }

    /** Replaces the rows of the table. */
    void fill() {
        String prefix = insertion();
        session.execute("begin");
        session.execute("truncate " + quoted(table));
        refusing(prefix, prefix + query.sent().text(), sql -> {
            session.execute(sql);
            return table;
        });
        session.execute("commit");
    }

    private String insertion() {
        return "insert into " + quoted(table)
                + columns().stream().map(Identifier::quote).collect(Collectors.joining(", ", " (", ") "));
    }

    /** Something that the server does with a statement. */
    private interface Attempt<T> {
        T with(String sql);
    }

    private <T> T refusing(String prefix, String sql, Attempt<T> attempt) {
        try {
            return attempt.with(sql);
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            int position = failure.position() - prefix.length();
            Place place = position > 0
                    ? Place.of(query.original(), query.sent().originalOffsetOfPosition(position))
                    : Place.of(query.original(), query.sent().originalOffsetOfPosition(1));
            throw PgattestException.badInput(List.of(new Problem(
                    table.query().path(),
                    place.line(),
                    place.column(),
                    "the server refuses it for " + table.name() + ": " + failure.serverMessage(),
                    "correct the query, or the migrations that it relies on")));
        }
    }
}
