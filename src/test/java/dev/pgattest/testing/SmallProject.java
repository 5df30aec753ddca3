package dev.pgattest.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small right project: two states and one query with one case. */
public final class SmallProject {

    private static final Map<String, String> FILES = Map.of(
            "pgattest.yaml",
            """
            project: shop
            migrations: migrations
            dataset: dataset.yaml
            workload: workload.yaml
            profile: small
            gate: proven
            states:
              baseline: {description: the migrations}
              proven: {from: baseline, apply: states/proven/apply.sql, undo: states/proven/undo.sql}
            """,
            "workload.yaml",
            """
            queries:
              Q1_orders:
                sql: queries/q1.sql
                priority: P1
                cases:
                  typical: {slo: p95 < 500 ms}
            """,
            "dataset.yaml",
            """
            profiles:
              small: {seed: 1, rows: {orders: 1000}}
            tables:
              orders:
                columns:
                  id: {type: bigint, identifier: {}}
                  placed_at: {type: timestamptz, uniform: {min: 2024-01-01T00:00:00Z, max: 2024-02-01T00:00:00Z}}
            """,
            "migrations/V1__orders.sql",
            "create table orders (id bigint not null, placed_at timestamptz not null);\n",
            "states/proven/apply.sql",
            "create index orders_placed_at on orders (placed_at);\n",
            "states/proven/undo.sql",
            "drop index orders_placed_at;\n",
            "queries/q1.sql",
            "select id from orders order by placed_at desc limit 10;\n");

    private SmallProject() {}

    /** Writes the project's files into a folder. */
    public static void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
