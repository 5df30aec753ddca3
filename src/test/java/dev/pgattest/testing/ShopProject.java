package dev.pgattest.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small right project with rows, an index that one state creates, and a query in two cases; to be changed by tests. Its
 * SLOs are so generous that they say nothing about the machine.
 */
public final class ShopProject {

    private final Map<String, String> files = new TreeMap<>(Map.of(
            "pgattest.yaml",
            """
            project: shop
            migrations: migrations
            dataset: dataset.yaml
            workload: workload.yaml
            profile: small
            gate: indexed
            states:
              plain: {description: the migrations}
              indexed: {from: plain, apply: states/apply.sql, undo: states/undo.sql}
            measure: {warmup: 0, max_samples: 100, plan_modes: [custom]}
            """,
            "workload.yaml",
            """
            queries:
              Q1_orders:
                sql: queries/q1.sql
                priority: P0
                owner: shop
                cases:
                  typical: {slo: p95 < 30 s, parameters: {owner: 3}}
                  worst: {slo: p95 < 30 s, parameters: {owner: 1}}
            """,
            "dataset.yaml",
            """
            profiles:
              small: {seed: 5, rows: {owners: 10, orders: 500}}
            tables:
              owners: {columns: {id: {type: bigint, identifier: {}}}}
              orders:
                columns:
                  id: {type: bigint, identifier: {}}
                  owner: {type: bigint, reference: {table: owners, column: id}}
            """,
            "migrations/V1__tables.sql",
            """
            create table owners (id bigint primary key);
            create table orders (id bigint primary key, owner bigint not null references owners);
            """,
            "states/apply.sql",
            "create index orders_owner on orders (owner);\n",
            "states/undo.sql",
            "drop index orders_owner;\n",
            "queries/q1.sql",
            "select id from orders where owner = :owner order by id\n"));

    /** Replaces a part of a file, which must be there. */
    public ShopProject with(String path, String part, String replacement) {
        String text = files.getOrDefault(path, "");
        if (!text.contains(part)) {
            throw new IllegalArgumentException("'" + part + "' is not in " + path);
        }
        return withFile(path, text.replace(part, replacement));
    }

    /** Replaces or adds a file. */
    public ShopProject withFile(String path, String text) {
        files.put(path, text);
        return this;
    }

    /** A file as it is now. */
    public String text(String path) {
        return files.getOrDefault(path, "");
    }

    /** Gives the project another name, and so a benchmark database of its own. */
    public ShopProject named(String name) {
        return with("pgattest.yaml", "project: shop", "project: " + name);
    }

    /** Adds a query with one case. */
    public ShopProject withQuery(String name, String slo, String sql) {
        String path = "queries/" + name + ".sql";
        String entry = "  %s:\n    sql: %s\n    priority: P0\n    owner: shop\n    cases:\n      only: {slo: %s}\n";
        return withFile(path, sql + "\n")
                .withFile("workload.yaml", files.get("workload.yaml") + entry.formatted(name, path, slo));
    }

    /** Writes the files into a folder, which is returned. */
    public Path writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return folder;
    }
}
