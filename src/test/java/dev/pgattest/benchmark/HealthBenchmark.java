package dev.pgattest.benchmark;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code health} on a database with 5,000 indexes, beside one catalog query that describes them all. */
final class HealthBenchmark {

    private static final int TABLES = 500;
    private static final double BAR_SECONDS = 5;
    private static final String DESCRIBE =
            "select pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.pg_relation_size(indexrelid) from pg_catalog.pg_index";

    /** Ten indexes a table, of columns that no other table has: no definition is like another. */
    private static final String TABLE = """
            create table live.t%1$d (
                id%1$d bigint generated always as identity primary key, owner%1$d bigint, state%1$d text, at%1$d timestamptz, name%1$d text,
                total%1$d numeric, code%1$d text unique);
            create index on live.t%1$d (owner%1$d);
            create index on live.t%1$d (owner%1$d, at%1$d desc);
            create index on live.t%1$d (state%1$d) where total%1$d > 0;
            create index on live.t%1$d (lower(name%1$d));
            create index on live.t%1$d (at%1$d) include (state%1$d);
            create index on live.t%1$d (total%1$d, owner%1$d);
            create index on live.t%1$d (state%1$d, at%1$d);
            create index on live.t%1$d using hash (code%1$d);
            insert into live.t%1$d (owner%1$d, state%1$d, at%1$d, name%1$d, total%1$d, code%1$d)
            select i, 's', now(), 'name ' || i, i, i::text from generate_series(1, 20) as i;
            """;

    private HealthBenchmark() {}

    static void run(Connections server, int rounds) throws IOException {
        try (Session session = server.open()) {
            session.execute("create database live");
        }
        Connections database = server.to("live");
        try (Session session = database.open()) {
            session.execute("create schema live");
            for (int table = 1; table <= TABLES; table++) {
                session.execute(TABLE.formatted(table));
            }
            session.execute("analyze");
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> queries = new ArrayList<>();
        List<String> command = List.of("./pgattest", "health", "--server", url(database), "--format", "json");
        for (int round = 0; round < rounds; round++) {
            seconds.add(ProgramBenchmark.seconds(command));
            long start = System.nanoTime();
            Psql.to(database).run(List.of("-c", DESCRIBE));
            queries.add((System.nanoTime() - start) / 1e9);
        }
        Map<String, Object> facts = Map.of("indexes", 10 * TABLES);
        new Figure("health of 5,000 indexes, start included", "s", seconds, List.of(), BAR_SECONDS, facts).print();
        new Figure("health / psql describing all indexes", "s", seconds, queries, Double.MAX_VALUE, facts).print();
    }

    private static String url(Connections database) {
        ConnectionSettings settings = database.settings();
        return "postgresql://" + settings.user() + ":"
                + Objects.requireNonNull(settings.password()).value() + "@" + settings.address() + "/"
                + settings.database();
    }
}
