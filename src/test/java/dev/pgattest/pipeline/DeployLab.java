package dev.pgattest.pipeline;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.PlanSettings;
import dev.pgattest.deploy.PreflightLimits;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A project and live databases to deploy it to. What its states are is looked up once. */
final class DeployLab {

    static final PlanSettings PATIENCE =
            new PlanSettings(Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofMinutes(2), 5, 0);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final LoadedProject loaded;
    private final ReferenceStates reference;
    private final Connections server;
    private final Connections original;

    private DeployLab(LoadedProject loaded, Connections server) {
        this.loaded = loaded;
        this.server = server;
        this.reference = ReferenceWalk.states(loaded, new ServerChoice.Running(server.settings()), Progress.SILENT);
        this.original = server.to("lab_" + DATABASES.incrementAndGet());
        try (Session session = server.open()) {
            session.execute("create database " + original.settings().database() + " template template0");
        }
        String migrations = loaded.project().files().migrations();
        Migrations.run(original.settings(), loaded.folder().resolve(migrations), migrations);
    }

    /** A lab on the server of all tests. */
    static DeployLab of(Path folder) {
        return on(folder, TestCluster.server());
    }

    /** A lab on another server. */
    static DeployLab on(Path folder, Connections server) {
        return new DeployLab(LoadedProject.read(folder), server);
    }

    /** A project with one table, one row and the statements of one change. */
    static Path project(Path folder, String migration, String apply, String undo) throws IOException {
        return new ShopProject()
                .withFile("migrations/V1__tables.sql", """
                        create table owners (id bigint primary key);
                        create table orders (id bigint primary key, owner bigint not null references owners);
                        """ + migration)
                .withFile("states/apply.sql", apply)
                .withFile("states/undo.sql", undo)
                .writeTo(folder);
    }

    /** Runs statements in the database that {@link #database} copies. */
    DeployLab with(String sql) {
        try (Session session = original.open()) {
            session.execute(sql);
        }
        return this;
    }

    /** A copy of the migrated database. */
    Live database() {
        Connections copy = server.to("lab_" + DATABASES.incrementAndGet());
        try (Session session = server.open()) {
            session.execute("create database " + copy.settings().database() + " template "
                    + original.settings().database());
        }
        return new Live(copy);
    }

    ReferenceStates reference() {
        return reference;
    }

    /** A database to deploy to. */
    final class Live {

        private final Connections connections;

        private Live(Connections connections) {
            this.connections = connections;
        }

        Connections connections() {
            return connections;
        }

        Live run(String sql) {
            try (Session session = connections.open()) {
                session.execute(sql);
            }
            return this;
        }

        List<String> texts(String sql) {
            try (Session session = connections.open()) {
                return session.query(sql, row -> row.getString(1));
            }
        }

        DeployRequest request(String to) {
            return new DeployRequest(
                    loaded.folder(),
                    connections.settings(),
                    new ServerChoice.Running(server.settings()),
                    new DeployRequest.States(to, null),
                    PATIENCE);
        }

        DeploymentPlan plan(String to) {
            try (Session session = connections.open()) {
                return new DeploymentPlanning(request(to), reference, session).forward();
            }
        }

        MakePlaybook.Texts playbook(String to) {
            return playbook(to, new PlaybookRequest.Subject.Deployment());
        }

        MakePlaybook.Texts playbook(String to, PlaybookRequest.Subject subject) {
            PlaybookRequest playbook = new PlaybookRequest(request(to), subject, PreflightLimits.DEFAULT);
            try (Session session = connections.open()) {
                return new MakePlaybook(playbook, Progress.SILENT)
                        .of(session, new DeploymentPlanning(request(to), reference, session), reference);
            }
        }

        Live apply(DeployRequest request, DeploymentListener listener) {
            DeploymentPlan plan;
            try (Session session = connections.open()) {
                plan = new DeploymentPlanning(request, reference, session).forward();
            }
            carryOut(plan, listener, Hazard.values());
            return this;
        }

        DeploymentPlan rollbackPlan() {
            try (Session session = connections.open()) {
                return new DeploymentPlanning(request("plain"), reference, session).back();
            }
        }

        Optional<Long> carryOut(DeploymentPlan plan, DeploymentListener listener, Hazard... allowed) {
            ApplyRequest request = new ApplyRequest(Set.of(allowed), PreflightLimits.DEFAULT, Duration.ofSeconds(30));
            return new ApplyDeployment(request, listener)
                    .plan(plan, loaded.folder(), connections)
                    .deployment();
        }

        /** Goes to a state, whatever the hazards are. */
        Live apply(String to) {
            return apply(to, DeploymentListener.SILENT);
        }

        Live apply(String to, DeploymentListener listener) {
            carryOut(plan(to), listener, Hazard.values());
            return this;
        }

        Live rollback(DeploymentListener listener) {
            carryOut(rollbackPlan(), listener, Hazard.values());
            return this;
        }

        /** What distinguishes the database from a state that was reached in order; empty for nothing. */
        List<String> steps(String state) {
            return plan(state).steps().stream()
                    .map(step -> step.kind().word() + " " + step.subject().text())
                    .toList();
        }

        CatalogSnapshot catalog() {
            try (Session session = connections.open()) {
                return DeploymentCatalog.read(session);
            }
        }

        SchemaFingerprint schema() {
            try (Session session = connections.open()) {
                return SchemaFingerprint.read(session);
            }
        }

        DeploymentHistory history() {
            try (Session session = connections.open()) {
                return DeploymentJournal.read(session, loaded.project().name());
            }
        }

        List<String> invalidIndexes() {
            return texts("select indexrelid::regclass::text from pg_index where not indisvalid order by 1");
        }
    }
}
