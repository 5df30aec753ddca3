package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import java.util.Arrays;

/** A fixed query that shows how fast the machine is at the moment. */
final class CalibrationQuery {

    /** Processor work inside the server that no index or table of the project can change. */
    static final String DEFAULT = "select count(*), sum(n % 7) from generate_series(1, 200000) as n";

    private static final int EXECUTIONS = 5;

    private CalibrationQuery() {}

    /** The median of a few executions in milliseconds, after one to warm up. */
    static double medianMs(Session session, String sql) {
        try {
            session.execute("set default_transaction_read_only = on");
            return measure(session, sql);
        } catch (SqlFailure failure) {
            throw failure.isTrouble()
                    ? failure
                    : PgattestException.badInput(
                            "the calibration query fails: " + failure.serverMessage(),
                            "correct `measure.calibration`; it may only read");
        } finally {
            session.execute("reset default_transaction_read_only");
        }
    }

    private static double measure(Session session, String sql) {
        session.execute(sql);
        double[] ms = new double[EXECUTIONS];
        for (int i = 0; i < EXECUTIONS; i++) {
            long start = System.nanoTime();
            session.execute(sql);
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(ms);
        return ms[EXECUTIONS / 2];
    }
}
