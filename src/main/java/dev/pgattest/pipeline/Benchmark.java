package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.ProcessEnd;
import dev.pgattest.Sha256;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.BenchmarkRequest;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.postgres.DatasetReadBack;
import dev.pgattest.postgres.DatasetTables;
import dev.pgattest.postgres.EffectiveSettings;
import dev.pgattest.postgres.LoadProgress;
import dev.pgattest.postgres.LoadRecord;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import dev.pgattest.postgres.server.Retention;
import dev.pgattest.workload.Project;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database in the first state of a project, with its dataset: on a server of our own or the user's, made anew or taken over
 * from an earlier run when nothing has changed since. Closing it removes what is not to be kept.
 */
final class Benchmark implements AutoCloseable {

    private final LoadedProject loaded;
    private final ProveRequest.Target target;
    private final Dataset dataset;
    private final PhaseClock clock;
    private final Progress progress;
    private final @Nullable Cluster cluster;
    private final Runnable nameWhatStays = this::nameWhatStays;
    private BenchmarkDatabase database;
    private Map<String, Double> buildMs = Map.of();
    private boolean temporary;

    private Benchmark(
            LoadedProject loaded, Dataset dataset, ProveRequest.Target target, PhaseClock clock, Progress progress) {
        this.loaded = loaded;
        this.dataset = dataset;
        this.target = target;
        this.clock = clock;
        this.progress = progress;
        this.cluster = target.server() instanceof OwnServer own ? start(own) : null;
        try {
            this.database = take();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        ProcessEnd.add(nameWhatStays);
    }

    /** Opens a benchmark: server, database, migrations, rows. */
    static Benchmark open(
            LoadedProject loaded,
            ProveRequest.Target target,
            ProveRequest.Size size,
            PhaseClock clock,
            Progress progress) {
        Benchmark benchmark = connect(loaded, target, size, clock, progress);
        try {
            benchmark.prepare(size.connections());
            return benchmark;
        } catch (RuntimeException e) {
            // What closing fails at does not hide why it is closed.
            try (benchmark) {
                throw e;
            }
        }
    }

    /** Starts the server and takes the database; {@link #prepare} fills it. */
    static Benchmark connect(
            LoadedProject loaded,
            ProveRequest.Target target,
            ProveRequest.Size size,
            PhaseClock clock,
            Progress progress) {
        return new Benchmark(loaded, loaded.dataset(size), target, clock, progress);
    }

    /** Closing removes the database even from a server that is kept. */
    Benchmark temporarily() {
        temporary = true;
        return this;
    }

    /** Connections to the database. */
    Connections connections() {
        return database.connections();
    }

    /** The rows that it holds. */
    Dataset dataset() {
        return dataset;
    }

    /** One fingerprint a table that the server made from others. */
    List<Fingerprint> derivedFingerprints() {
        try (Session session = connections().open()) {
            return dataset.derived().stream()
                    .map(table -> DatasetReadBack.fingerprint(session, table))
                    .toList();
        }
    }

    /** Milliseconds that building each index took during the load, by quoted, schema-qualified name. */
    Map<String, Double> buildMs() {
        return buildMs;
    }

    /** The server's version and settings. */
    ServerFacts facts() {
        try (Session session = connections().open()) {
            return EffectiveSettings.read(session);
        }
    }

    /** The dataset for the evidence. */
    Evidence.Data data(List<Evidence.TableFingerprint> fingerprints) {
        DatasetProfile profile = dataset.profile();
        return new Evidence.Data(
                profile.name(),
                dataset.size().scale().doubleValue(),
                dataset.size().members(),
                profile.seed(),
                dataset.definitionDigest(),
                fingerprints);
    }

    private Cluster start(OwnServer own) {
        progress.step("starting a server (" + own.name().toLowerCase(Locale.ROOT) + ")");
        ClusterRequest request = ClusterRequest.of(own, loaded.folder().toString())
                .withSettings(loaded.project().trial().serverSettings())
                .withRetention(target.keep() ? Retention.KEEP : Retention.REMOVE)
                .reportingTo(progress::note);
        return clock.server("start server", () -> Cluster.start(request));
    }

    private BenchmarkDatabase take() {
        BenchmarkRequest request = BenchmarkRequest.of(loaded.project().name());
        if (target.database() != null) {
            request = request.in(target.database());
        }
        if (target.adopt()) {
            request = request.owningIt();
        }
        return BenchmarkDatabase.take(server(), request, progress::note);
    }

    private Connections server() {
        if (cluster != null) {
            return cluster.connections();
        }
        if (target.server() instanceof ServerChoice.Running running) {
            return new Connections(running.settings());
        }
        throw new IllegalStateException("no server: " + target.server());
    }

    /** Migrates and loads, unless that was done before and nothing has changed since. */
    void prepare(int connectionCount) {
        if (isLoaded()) {
            progress.note("using the dataset that is loaded already");
            return;
        }
        if (!isEmpty()) {
            remake();
        }
        migrate();
        DatasetTables.requireFitting(
                connections(), dataset, loaded.project().files().dataset());
        rehearse();
        load(connectionCount);
    }

    private void migrate() {
        progress.step("running migrations");
        clock.server("migrate", () -> {
            String name = loaded.project().files().migrations();
            Migrations.run(connections().settings(), loaded.folder().resolve(name), name);
            return name;
        });
    }

    /** On empty tables every state takes moments. What it leaves in the catalog must not meet the rows, so the database is made anew. */
    private void rehearse() {
        progress.step("rehearsing the states on empty tables");
        Project project = loaded.project();
        boolean several = project.states().size() > 1 && !target.adopt();
        clock.server("rehearse", () -> {
            Rehearsal rehearsal = new Rehearsal(project, dataset, connections());
            if (several) {
                rehearsal.run();
                database.drop();
                database = take();
            } else {
                rehearsal.inFirstState();
            }
            return several;
        });
        if (several) {
            migrate();
        }
    }

    private boolean isLoaded() {
        try (Session session = connections().open()) {
            Optional<LoadRecord> found = LoadRecord.read(session);
            found.ifPresent(record -> buildMs = record.buildMs());
            return found.isPresent() && found.get().fits(dataset.definitionDigest(), migrationsDigest(), session);
        }
    }

    private boolean isEmpty() {
        try (Session session = connections().open()) {
            return SchemaFingerprint.read(session).relations() == 0 && !Migrations.haveRunIn(session);
        }
    }

    /** An interrupted or outdated benchmark is dropped and made anew; the user's own database is never emptied. */
    private void remake() {
        if (target.adopt()) {
            throw PgattestException.badInput(
                    "the database " + database.name() + " is not empty and is not pgattest's to empty",
                    "empty it yourself, or name another with --database");
        }
        progress.note("dropping the benchmark database " + database.name()
                + ": its load was interrupted, or the dataset or the migrations have changed");
        database.drop();
        database = take();
    }

    private void load(int connectionCount) {
        progress.step("loading " + (dataset.tables().size() + dataset.derived().size()) + " tables");
        try {
            buildMs = clock.server(
                    "load: copy, indexes, references, vacuum",
                    () -> new DatasetLoad(connections()::open, connectionCount, watching(progress)).run(dataset));
        } catch (SqlFailure failure) {
            throw failure.isTrouble() ? failure : refusedRows(failure);
        } finally {
            progress.rowsEnded();
        }
        try (Session session = connections().open()) {
            String schema = SchemaFingerprint.read(session).digest();
            new LoadRecord(dataset.definitionDigest(), migrationsDigest(), schema, buildMs).write(session);
        }
    }

    private PgattestException refusedRows(SqlFailure failure) {
        return PgattestException.badInput(List.of(Problem.ofFile(
                loaded.project().files().dataset(),
                "the server refuses rows of the dataset: " + failure.serverMessage(),
                "correct the declaration, or the migrations that the rows must satisfy")));
    }

    private static LoadProgress watching(Progress progress) {
        return new LoadProgress() {
            @Override
            public void rowsExpected(long rows) {
                progress.rowsExpected(rows);
            }

            @Override
            public void rowsLoaded(long rows) {
                progress.rowsLoaded(rows);
            }

            @Override
            public void phase(String name) {
                progress.rowsEnded();
                progress.step(name);
            }
        };
    }

    private String migrationsDigest() {
        return Sha256.hex(loaded.project().files().migrationFiles().stream()
                .map(file -> file.path() + "\n" + Sha256.hex(file.text()))
                .collect(Collectors.joining("\n")));
    }

    /** A server of our own goes with the process; a database on a server of the user's does not. */
    private void nameWhatStays() {
        if (cluster == null) {
            progress.note("left behind: " + howToConnect() + "; the same command uses it again or makes it anew");
        }
    }

    /** Removes what is not to be kept; says how to connect to what is. */
    @Override
    public void close() {
        if (!ProcessEnd.remove(nameWhatStays)) {
            return;
        }
        try {
            if (temporary) {
                database.drop();
            } else if (target.keep()) {
                progress.note(
                        "kept: " + howToConnect() + (cluster == null ? "" : "; `pgattest kept --remove` removes it"));
            } else if (cluster == null && !target.adopt()) {
                database.drop();
            }
            database.close();
        } finally {
            stop();
        }
    }

    private String howToConnect() {
        return cluster == null
                ? "database " + database.name() + " on "
                        + connections().settings().address()
                : cluster.description().howToConnect(database.name());
    }

    private void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
