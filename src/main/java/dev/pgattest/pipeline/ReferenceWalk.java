package dev.pgattest.pipeline;

import dev.pgattest.deploy.ScriptStatement;
import dev.pgattest.postgres.BenchmarkDatabase;
import dev.pgattest.postgres.BenchmarkRequest;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.StateScript;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.util.List;

/** Makes every state of a project on a server, in a database of pgattest's own with empty tables, and looks at what it is. */
final class ReferenceWalk {

    private final LoadedProject loaded;
    private final Progress progress;
    private final ReferenceStates.Builder states = new ReferenceStates.Builder();

    private ReferenceWalk(LoadedProject loaded, Progress progress) {
        this.loaded = loaded;
        this.progress = progress;
    }

    /**
     * Walks through all states.
     *
     * @throws dev.pgattest.PgattestException of bad input with the place in a migration or a script that the server refuses
     */
    static ReferenceStates states(LoadedProject loaded, ServerChoice server, Progress progress) {
        ReferenceWalk walk = new ReferenceWalk(loaded, progress);
        progress.step("making the states on empty tables");
        if (server instanceof ServerChoice.Running running) {
            walk.on(new Connections(running.settings()));
        } else if (server instanceof OwnServer own) {
            // With the project's settings, which its migrations may need; a kept server of the project has them too.
            ClusterRequest request = ClusterRequest.of(own, loaded.folder().toString())
                    .withSettings(loaded.project().trial().serverSettings())
                    .reportingTo(progress::note);
            try (Cluster cluster = Cluster.start(request)) {
                walk.on(cluster.connections());
            }
        }
        return walk.states.build(loaded.project());
    }

    private void on(Connections server) {
        BenchmarkRequest request = BenchmarkRequest.of(loaded.project().name() + "_states");
        try (BenchmarkDatabase database = emptyDatabase(server, request)) {
            String migrations = loaded.project().files().migrations();
            Migrations.run(database.connections().settings(), loaded.folder().resolve(migrations), migrations);
            Project project = loaded.project();
            look(database.connections(), project.firstState());
            below(database.connections(), project.firstState());
            database.drop();
        }
    }

    /** What an interrupted run left in it must not be taken for a state. */
    private BenchmarkDatabase emptyDatabase(Connections server, BenchmarkRequest request) {
        BenchmarkDatabase database = BenchmarkDatabase.take(server, request, progress::note);
        try (Session session = database.connections().open()) {
            if (SchemaFingerprint.read(session).relations() == 0 && !Migrations.haveRunIn(session)) {
                return database;
            }
        }
        database.drop();
        return BenchmarkDatabase.take(server, request, progress::note);
    }

    private void look(Connections connections, State state) {
        try (Session session = connections.open()) {
            states.catalog(state.name(), DeploymentCatalog.read(session));
        }
    }

    /** Makes and undoes the states that come from this one. */
    private void below(Connections connections, State state) {
        for (State next : loaded.project().states()) {
            State.Change change = next.changeFromAnother().orElse(null);
            if (change != null && change.from().equals(state.name())) {
                states.applied(next.name(), trace(connections, change.apply()));
                look(connections, next);
                below(connections, next);
                states.undone(next.name(), trace(connections, change.undo()));
            }
        }
    }

    private static List<ScriptStatement> trace(Connections connections, SqlFile script) {
        try (Session session = connections.open()) {
            return StateScript.trace(session, script.path(), script.text());
        }
    }
}
