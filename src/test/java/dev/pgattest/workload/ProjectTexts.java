package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.sql.SqlFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small right project in memory, to be made wrong in one place. */
final class ProjectTexts implements ProjectSource {

    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([\\p{L}_][\\p{L}\\p{N}_]*)");

    private final Map<String, String> texts = new TreeMap<>(Map.of(
            "pgattest.yaml",
            """
            project: shop
            server:
              settings: {shared_buffers: 1GB, random_page_cost: 1.10}
            migrations: migrations
            dataset: dataset.yaml
            workload: workload.yaml
            profile: small
            gate: proven
            states:
              baseline: {description: the migrations}
              proven: {from: baseline, apply: states/apply.sql, undo: states/undo.sql}
            measure:
              max_samples: 400
            red_flags:
              jit-share: off
              seq-scan: {severity: warning, min_table_pages: 500}
            """,
            "workload.yaml",
            """
            defaults: {role: shop_app, session: {app.tenant: ":tenant"}}
            queries:
              Q1_orders:
                sql: queries/q1.sql
                priority: P0
                owner: shop team
                frequency: 100 / day / tenant
                concurrency: 10
                expected_rows: ~900
                critical_tables: [orders]
                indexes: {proven: [orders_tenant_placed_at]}
                cases:
                  typical:
                    slo: p95 < 500 ms
                    parameters:
                      tenant: {table: tenants, column: id, row: 10%}
                      from: 2024-01-01
                      key: {table: orders, column: key, where: {tenant_id: ":tenant"}}
                variants:
                  proven: {sql: queries/q1.proven.sql, ordered: false}
            jobs:
              J1_claim:
                sql: queries/j1.sql
                priority: P1
                role: shop_worker
                session: {}
            """,
            "dataset.yaml",
            "tables: {}\n",
            "migrations/V1__tables.sql",
            "create table orders (id bigint);\n",
            "states/apply.sql",
            "create index on orders (id);\n",
            "states/undo.sql",
            "drop index orders_id_idx;\n",
            "queries/q1.sql",
            "select * from orders where tenant_id = :tenant and placed_at >= :from and key = :key\n",
            "queries/q1.proven.sql",
            "select * from orders where tenant_id = :tenant and placed_at >= :from::date and key = :key\n",
            "queries/j1.sql",
            "update jobs set state = 'claimed'\n"));

    /** Replaces a part of a file, which must be there. */
    ProjectTexts with(String path, String part, String replacement) {
        String text = texts.getOrDefault(path, "");
        if (!text.contains(part)) {
            throw new IllegalArgumentException("'" + part + "' is not in " + path);
        }
        texts.put(path, text.replace(part, replacement));
        return this;
    }

    ProjectTexts withFile(String path, String text) {
        texts.put(path, text);
        return this;
    }

    ProjectTexts withoutFile(String path) {
        texts.remove(path);
        return this;
    }

    Result<Project> read() {
        return ProjectReader.read(
                this,
                new ProjectRules(
                        new PatternInspector(),
                        file -> Result.of(new SmallDataset()),
                        Map.of("seq-scan", Set.of("min_table_pages"), "jit-share", Set.of())));
    }

    @Override
    public Result<String> text(String path) {
        String text = texts.get(path);
        return text == null
                ? Result.rejected(Problem.ofInput("the file '" + path + "' does not exist", "create it"))
                : Result.of(text);
    }

    @Override
    public Result<List<String>> sqlFiles(String folder) {
        return Result.of(texts.keySet().stream()
                .filter(path -> path.startsWith(folder + "/"))
                .toList());
    }

    /** Stands for SQL's grammar where only names of parameters matter: a text with {@code SYNTAX} in it is wrong. */
    private static final class PatternInspector implements SqlInspector {

        @Override
        public Findings inspectQuery(SqlFile file) {
            Set<String> names = new LinkedHashSet<>();
            Matcher matcher = PARAMETER.matcher(file.text());
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            return new Findings(names, "", inspectScript(file));
        }

        @Override
        public List<Problem> inspectScript(SqlFile file) {
            return file.text().contains("SYNTAX")
                    ? List.of(new Problem(file.path(), 1, 1, "syntax error", ""))
                    : List.of();
        }
    }

    private static final class SmallDataset implements DatasetNames {

        @Override
        public List<String> profiles() {
            return List.of("small", "large");
        }

        @Override
        public List<String> tables() {
            return List.of("tenants", "orders");
        }

        @Override
        public List<String> columns(String table) {
            return table.equals("tenants") ? List.of("id", "name") : List.of("id", "tenant_id", "key");
        }
    }
}
