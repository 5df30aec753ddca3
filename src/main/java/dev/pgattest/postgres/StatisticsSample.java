package dev.pgattest.postgres;

import java.util.List;

/**
 * The random sample that ANALYZE takes of large tables. Nothing can seed it, so two runs of one commit may plan with different statistics,
 * and where two plans cost the planner about the same, either may come out.
 */
public final class StatisticsSample {

    private StatisticsSample() {}

    /** Quoted names of the tables that are sampled; the statistics of all others are exact and the same after every ANALYZE. */
    public static List<String> tables(Session session) {
        return session.texts(SqlResource.text("sampled_tables"));
    }

    /** Draws the samples of these tables anew. */
    public static void drawAnew(Session session, List<String> tables) {
        tables.forEach(table -> session.execute("analyze " + table));
    }
}
