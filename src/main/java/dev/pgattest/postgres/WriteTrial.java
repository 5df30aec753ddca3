package dev.pgattest.postgres;

import dev.pgattest.ledger.WriteFigures;
import dev.pgattest.plan.Buffers;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes to a table inside one transaction that is rolled back: takes its last rows away, inserts a half of them again and updates those
 * with values of the other half. Such rows obey every key, reference, check and type, whoever declared them, and stand where new rows
 * stand. Inserted rows leave room on their pages, which a heap-only update needs.
 */
public final class WriteTrial implements AutoCloseable {

    /** Rows that are inserted and updated; fewer in a table that holds fewer than twice as many. */
    public static final int ROWS = 10_000;

    /** Room for the rows, and for two updates of each. */
    private static final int FILL_FACTOR = 30;

    private static final String PLACE = Identifier.quote("pgattest place");
    private static final String NUMBER = Identifier.quote("pgattest number");
    private static final String EXPLAIN = "explain (analyze, buffers, wal, timing off, format json) ";

    private final Session session;
    private final TrialTable table;
    private long rows;
    private String lastPlace = "(0,0)";

    private WriteTrial(Session session, TrialTable table) {
        this.session = session;
        this.table = table;
    }

    /**
     * Begins a trial, in a transaction of its own.
     *
     * @param limit time after which the server cancels a statement
     */
    public static WriteTrial begin(Session session, QualifiedName table, Duration limit) {
        session.execute("begin");
        try {
            session.execute("set local statement_timeout = " + limit.toMillis());
            session.execute("set local row_security = off");
            session.execute("set constraints all immediate");
            TrialTable trial = TrialTable.read(session, table);
            trial.hindrances().references().forEach(session::execute);
            return new WriteTrial(session, trial);
        } catch (RuntimeException e) {
            session.execute("rollback");
            throw e;
        }
    }

    /** Removes what earlier trials left in a table, so that the next begins as they did; outside of any transaction. */
    public static void sweep(Session session, QualifiedName table) {
        WriteTraces.sweep(session, table);
        try {
            session.execute("checkpoint");
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            // Not everybody may; full page images then depend on when the server had its last one.
        }
    }

    /**
     * Takes an index away before rows are.
     *
     * @return why it could not be taken away, a part of a sentence; empty when it was
     */
    public Optional<String> leaveOut(RemovableIndex index) {
        return index.leaveOutUnreferenced(session);
    }

    /** Columns that an update may set, keys and foreign keys last. */
    public List<String> changeableColumns() {
        return table.changeable();
    }

    /**
     * Takes the last rows away.
     *
     * @return why there is nothing to write; empty when there is
     */
    public Optional<String> takeRows() {
        if (!table.writable()) {
            return Optional.of(table.part().sql() + " is no table that can be written to");
        }
        optional("alter table only " + part() + " set (fillfactor = " + FILL_FACTOR + ")");
        long found = collect();
        rows = Math.max(Math.min(found, 1), found / 2);
        if (found == 0) {
            return Optional.of("the table has no rows");
        }
        String first = session.text("select pg_catalog.min(" + PLACE + ") from pg_temp.pgattest_rows");
        lastPlace = session.text("select pg_catalog.max(" + PLACE + ") from pg_temp.pgattest_rows");
        table.hindrances().disable().forEach(session::execute);
        session.execute("delete from only " + part() + " where ctid >= '" + first + "'::pg_catalog.tid");
        table.hindrances().enable().forEach(session::execute);
        return Optional.empty();
    }

    /** Inserts rows; afterwards they can be updated. Empty when a trigger or a rule lets none through. */
    public Optional<WriteFigures> insert() {
        String columns = table.columns().stream().map(Identifier::quote).collect(Collectors.joining(", "));
        Optional<WriteFigures> figures = measure("insert into " + table.table().sql() + " (" + columns
                + ") overriding system value select " + columns + " from pg_temp.pgattest_rows where " + NUMBER
                + " <= " + rows + " order by " + NUMBER + " desc");
        session.execute("create temporary table pgattest_new on commit drop as select ctid as place,"
                + " pg_catalog.row_number() over (order by ctid) as number from only " + part() + " where ctid > '"
                + lastPlace + "'::pg_catalog.tid");
        return figures;
    }

    /**
     * Gives a column of the inserted rows other values, and takes that back.
     *
     * @return empty when no row would change, or the server refuses: a check on several columns, say
     */
    public Optional<WriteFigures> update(String column) {
        String name = Identifier.quote(column);
        session.execute("savepoint pgattest_update");
        try {
            return measure("update only " + part() + " as t set " + name + " = s." + name
                    + " from pg_temp.pgattest_new as f join pg_temp.pgattest_rows as s on s." + NUMBER
                    + " = f.number + "
                    + rows + " where t.ctid = f.place and t.ctid > '" + lastPlace + "'::pg_catalog.tid and t." + name
                    + " is distinct from s." + name);
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            return Optional.empty();
        } finally {
            session.execute("rollback to savepoint pgattest_update");
        }
    }

    @Override
    public void close() {
        session.execute("rollback");
    }

    /** Takes the last rows by place: as many pages from the end as it takes to hold enough of them. */
    private long collect() {
        long wanted = 2L * ROWS;
        long pages = (long) Math.ceil(wanted / table.size().rowsPerPage()) + 8;
        long first = table.size().pages() - pages;
        while (first > 0 && rowsFrom(first) < wanted) {
            pages *= 2;
            first = table.size().pages() - pages;
        }
        String columns = table.columns().stream()
                .map(each -> "r." + Identifier.quote(each))
                .collect(Collectors.joining(", "));
        session.execute("create temporary table pgattest_rows on commit drop as select r.ctid as " + PLACE
                + ", pg_catalog.row_number() over (order by r.ctid desc) as " + NUMBER + ", " + columns
                + " from only " + part() + " as r where r.ctid >= '(" + Math.max(0, first)
                + ",0)'::pg_catalog.tid order by r.ctid desc limit " + wanted);
        return Long.parseLong(session.text("select pg_catalog.count(*) from pg_temp.pgattest_rows"));
    }

    private long rowsFrom(long page) {
        return Long.parseLong(session.text("select pg_catalog.count(*) from only " + part() + " where ctid >= '(" + page
                + ",0)'::pg_catalog.tid"));
    }

    /** What a statement takes; empty when it writes nothing. */
    private Optional<WriteFigures> measure(String statement) {
        Counters before = counters();
        long start = System.nanoTime();
        String json = String.join("\n", session.statementTexts(EXPLAIN + statement));
        double ms = (System.nanoTime() - start) / 1e6;
        Counters after = counters();
        ExplainOutput plan = PlanParser.parse(json);
        Buffers.Blocks shared = PlanMetrics.of(plan).totals().buffers().shared();
        long written = after.written() - before.written();
        return written == 0
                ? Optional.empty()
                : Optional.of(new WriteFigures(
                        written,
                        ms,
                        after.logPlace() - before.logPlace(),
                        plan.root().facts().get("WAL FPI") instanceof BigDecimal images ? images.longValue() : 0,
                        shared.touched(),
                        shared.dirtied(),
                        after.hotUpdated() - before.hotUpdated()));
    }

    /** Place in the log; rows of the table that this session inserted or updated, and those updated heap-only. */
    private record Counters(long logPlace, long written, long hotUpdated) {}

    private Counters counters() {
        return session.query(
                        "select pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::pg_catalog.int8,"
                                + " pg_catalog.pg_stat_get_xact_tuples_inserted(p.oid)"
                                + " + pg_catalog.pg_stat_get_xact_tuples_updated(p.oid),"
                                + " pg_catalog.pg_stat_get_xact_tuples_hot_updated(p.oid)"
                                + " from (select ?::pg_catalog.int8::pg_catalog.oid) as p(oid)",
                        row -> new Counters(row.getLong(1), row.getLong(2), row.getLong(3)),
                        table.oid())
                .get(0);
    }

    /** Something that not every kind of table allows. */
    private void optional(String statement) {
        session.execute("savepoint pgattest_optional");
        try {
            session.execute(statement);
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            session.execute("rollback to savepoint pgattest_optional");
        }
        session.execute("release savepoint pgattest_optional");
    }

    private String part() {
        return table.part().sql();
    }
}
