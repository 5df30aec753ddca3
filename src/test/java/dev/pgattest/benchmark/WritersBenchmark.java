package dev.pgattest.benchmark;

import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PlainChange;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.load.DeploymentRehearsal.Change;
import dev.pgattest.load.DeploymentRehearsal.Phase;
import dev.pgattest.load.LatencyRounds;
import dev.pgattest.load.LoadSamples;
import dev.pgattest.pipeline.ApplyDeployment;
import dev.pgattest.pipeline.ApplyRequest;
import dev.pgattest.pipeline.DeployRequest;
import dev.pgattest.pipeline.DeploymentListener;
import dev.pgattest.pipeline.PlanDeployment;
import dev.pgattest.pipeline.Progress;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.LoadStream.Ending;
import dev.pgattest.postgres.OpenLoop;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.NamedSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What those who write to a table notice of two indexes that are deployed, beside a quiet time, the same two built concurrently by bare
 * statements, and built plainly. Inserts, updates and reads of single rows are committed, at rates that leave the machine room. They take a
 * third of a millisecond, so that whatever takes a processor makes their p99 several times as long, the bare builds too. What the writers of
 * a whole system notice is in {@link RehearsalBenchmark}.
 */
final class WritersBenchmark {

    /** At the default scale of 0.004 the table has two million rows. */
    private static final double ROWS_AT_SCALE_ONE = 500e6;

    private static final int WRITES_PER_SECOND = 500;
    private static final int READS_PER_SECOND = 500;
    private static final Duration QUIET = Duration.ofSeconds(20);

    private static final String TABLE = """
            create table events (
                id bigint generated always as identity primary key, account int not null, state text not null,
                amount int not null, at timestamptz not null default now(), note text not null);
            """;
    private static final String APPLY = """
            create index events_account_at on events (account, at desc);
            create index events_open on events (at) where state = 'open';
            """;
    private static final Map<String, String> FILES = Map.of(
            "pgattest.yaml",
            """
            project: writers
            migrations: migrations
            dataset: dataset.yaml
            workload: workload.yaml
            profile: none
            gate: indexed
            states:
              plain: {description: the migrations}
              indexed: {from: plain, apply: apply.sql, undo: undo.sql}
            """,
            "dataset.yaml",
            "profiles:\n  none: {seed: 1, rows: {events: 1}}\ntables:\n  events: {columns: {account: {type: integer, constant: 1}}}\n",
            "workload.yaml",
            "queries:\n  Q1:\n    sql: q1.sql\n    priority: P2\n",
            "q1.sql",
            "select count(*) from events\n",
            "migrations/V1__events.sql",
            TABLE,
            "apply.sql",
            APPLY,
            "undo.sql",
            "drop index events_open;\ndrop index events_account_at;\n");

    private final Connections database;
    private final long rows;
    private final DeployRequest request;

    private WritersBenchmark(Connections database, Path project, long rows) {
        this.database = database;
        this.rows = rows;
        this.request = new DeployRequest(
                project,
                database.settings(),
                new ServerChoice.Running(database.settings()),
                new DeployRequest.States("indexed", "plain"),
                PlanSettings.DEFAULT);
    }

    static void run(Connections server, String scale, int rounds) throws IOException {
        Path project = Files.createTempDirectory("pgattest-writers");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        long rows = Math.round(Double.parseDouble(scale) * ROWS_AT_SCALE_ONE);
        try (Session session = server.open()) {
            session.execute("create database writers template template0");
        }
        Connections database = server.to("writers");
        fill(database, rows);
        new WritersBenchmark(database, project, rows).measure(rounds);
    }

    private static void fill(Connections database, long rows) {
        try (Session session = database.open()) {
            session.execute(TABLE);
            session.execute("insert into events (account, state, amount, at, note) select i % 10007,"
                    + " case when i % 50 = 0 then 'open' else 'done' end, i % 1000, timestamptz '2024-01-01' + i * interval '1 s',"
                    + " repeat('x', 60) from generate_series(1, " + rows + ") as i");
            session.execute("vacuum (analyze) events");
            session.execute("checkpoint");
        }
    }

    private void measure(int rounds) {
        List<Phase> quiet = new ArrayList<>();
        List<Phase> deployed = new ArrayList<>();
        List<Phase> bare = new ArrayList<>();
        List<Phase> plain = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            DeploymentPlan plan = new PlanDeployment(request, Progress.SILENT).run();
            quiet.add(under(Change.QUIET, WritersBenchmark::pause));
            deployed.add(under(Change.APPLY, () -> deployment().plan(plan, request.project(), database)));
            deployment().back(request, Progress.SILENT, back -> true);
            bare.add(under(Change.PLAIN, this::concurrently));
            removeIndexes();
            plain.add(under(Change.PLAIN, () -> plainly(plan)));
            removeIndexes();
        }
        print(quiet, deployed, bare, plain);
    }

    private void print(List<Phase> quiet, List<Phase> deployed, List<Phase> bare, List<Phase> plain) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "rows",
                rows,
                "writes_per_second",
                WRITES_PER_SECOND,
                "reads_per_second",
                READS_PER_SECOND,
                "writes_in_each_run",
                deployed.stream().map(each -> each.writing().count()).toList(),
                "seconds_of_each_run",
                deployed.stream().map(each -> each.samples().seconds()).toList(),
                "longest_wait_ms_in_each_run",
                deployed.stream().map(WritersBenchmark::longest).toList()));
        List<Double> waits = deployed.stream().map(WritersBenchmark::longest).toList();
        double worst = waits.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        new Figure(
                        "longest wait of a writer in the worst run of deploy apply",
                        "ms",
                        List.of(worst),
                        List.of(),
                        2000,
                        facts)
                .print();
        new Figure("p99 of writers during deploy apply / quiet", "ms", p99(deployed), p99(quiet), 2, facts).print();
        new Figure(
                        "p99 of writers during bare create index concurrently / quiet",
                        "ms",
                        p99(bare),
                        p99(quiet),
                        Double.MAX_VALUE,
                        facts)
                .print();
        new Figure(
                        "p99 of writers during deploy apply / bare create index concurrently",
                        "ms",
                        p99(deployed),
                        p99(bare),
                        Double.MAX_VALUE,
                        facts)
                .print();
        new Figure(
                        "p50 of writers during deploy apply / quiet",
                        "ms",
                        p(deployed, 0.5),
                        p(quiet, 0.5),
                        Double.MAX_VALUE,
                        facts)
                .print();
        new Figure(
                        "p99 of writers during plain create index / quiet",
                        "ms",
                        p99(plain),
                        p99(quiet),
                        Double.MAX_VALUE,
                        facts)
                .print();
        new Figure(
                        "longest wait of a writer, deploy apply / plain create index",
                        "ms",
                        waits,
                        plain.stream().map(WritersBenchmark::longest).toList(),
                        Double.MAX_VALUE,
                        facts)
                .print();
        double failed = deployed.stream()
                .flatMap(phase -> phase.failures().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        new Figure("failed statements during deploy apply", "statements", List.of(failed), List.of(), 0, facts).print();
    }

    private static double longest(Phase phase) {
        return Math.rint(phase.writing().longest() / 1e4) / 100;
    }

    private static List<Double> p99(List<Phase> phases) {
        return p(phases, 0.99);
    }

    private static List<Double> p(List<Phase> phases, double quantile) {
        return phases.stream()
                .map(phase -> phase.writing().percentile(quantile))
                .map(nanos -> nanos == LatencyRounds.NEVER ? Double.MAX_VALUE : nanos / 1e6)
                .toList();
    }

    private Phase under(Change change, Runnable work) {
        OpenLoop.Timing timing = new OpenLoop.Timing(Duration.ofSeconds(2), null, Duration.ofSeconds(1), Duration.ZERO);
        try (OpenLoop loop = OpenLoop.start(database, streams(), timing)) {
            loop.awaitBeginning();
            work.run();
            LoadSamples samples = loop.stop();
            return new Phase(change, samples, Set.of("insert", "update"));
        }
    }

    private List<LoadStream> streams() {
        List<CaseStatement> inserts = new ArrayList<>();
        List<CaseStatement> updates = new ArrayList<>();
        List<CaseStatement> reads = new ArrayList<>();
        for (long i = 1; i <= 2000; i++) {
            String key = String.valueOf(1 + i * 7919 * 131 % rows);
            inserts.add(statement(
                    "insert into events (account, state, amount, note) values (:account, 'open', 1, 'new')",
                    Map.of("account", String.valueOf(i * 7919 % 10007)),
                    true));
            updates.add(statement(
                    "update events set amount = amount + 1, state = case state when 'open' then 'done' else 'open' end where id = :id",
                    Map.of("id", key),
                    true));
            reads.add(statement("select * from events where id = :id", Map.of("id", key), false));
        }
        return List.of(
                new LoadStream("insert", WRITES_PER_SECOND / 2.0, 4, inserts, Ending.COMMIT),
                new LoadStream("update", WRITES_PER_SECOND / 2.0, 4, updates, Ending.COMMIT),
                new LoadStream("read", READS_PER_SECOND, 4, reads, Ending.COMMIT));
    }

    private static CaseStatement statement(String sql, Map<String, @Nullable String> values, boolean writes) {
        return new CaseStatement("benchmark", (NamedSql) NamedSql.parse(sql), values, null, Map.of(), writes);
    }

    private static void pause() {
        try {
            Thread.sleep(QUIET.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static ApplyDeployment deployment() {
        return new ApplyDeployment(
                new ApplyRequest(Set.of(Hazard.values()), PreflightLimits.DEFAULT, Duration.ZERO),
                DeploymentListener.SILENT);
    }

    private void concurrently() {
        try (Session session = database.open()) {
            session.execute("set max_parallel_maintenance_workers = 0");
            APPLY.lines().forEach(line -> session.execute(line.replace("create index", "create index concurrently")));
        }
    }

    private void removeIndexes() {
        try (Session session = database.open()) {
            session.execute("drop index events_open; drop index events_account_at");
            session.execute("vacuum (analyze) events");
        }
    }

    private void plainly(DeploymentPlan plan) {
        try (Session session = database.open()) {
            PlainChange.of(plan).forEach(part -> part.statements().forEach(session::execute));
        }
    }
}
