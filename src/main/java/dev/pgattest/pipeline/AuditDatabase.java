package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.audit.Attempt;
import dev.pgattest.audit.AuditReport;
import dev.pgattest.audit.AuditScope;
import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.postgres.AuditCatalog;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.ServerChoice;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.TenantProof;
import dev.pgattest.postgres.TenantProof.Ground;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out whether the tenants of a project, or of a running database, are kept apart. */
public final class AuditDatabase {

    private static final AuditScope.Known NOTHING = new AuditScope.Known(null, null, Map.of(), List.of(), "an option");

    private final AuditRequest request;
    private final Progress progress;

    public AuditDatabase(AuditRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Audits. A running database is only read, unless the request says that things are to be tried in it.
     *
     * @throws PgattestException of bad input when the project is wrong or nothing tells tenants apart; of the environment when a server
     *     fails
     */
    public AuditReport run() {
        LoadedProject loaded = request.project() == null ? null : LoadedProject.read(request.project());
        AuditScope.Known known = (loaded == null ? NOTHING : ProjectTenants.of(loaded))
                .overriddenBy(
                        request.tenants().column(),
                        request.tenants().setting(),
                        request.tenants().roles());
        if (loaded != null && request.server() instanceof OwnServer own) {
            return ofState(loaded, own, known);
        }
        ServerChoice.Running server = (ServerChoice.Running) request.server();
        progress.step("reading " + server.settings().address());
        return audit(
                new Connections(server.settings()),
                known,
                request.proof() == AuditRequest.Proof.ROLLED_BACK ? Ground.RUNNING : null);
    }

    private AuditReport ofState(LoadedProject loaded, OwnServer server, AuditScope.Known known) {
        Project project = loaded.project();
        State state = ReferenceStates.state(
                project, request.state() == null ? project.trial().gate() : request.state());
        try (EmptyDatabase database = EmptyDatabase.open(loaded, server, progress)) {
            progress.step("making the state " + state.name());
            new StateWalk(project, database.connections(), Map.of()).to(state);
            return audit(database.connections(), known, Ground.OWN);
        }
    }

    private AuditReport audit(Connections connections, AuditScope.Known known, @Nullable Ground ground) {
        progress.step("reading the catalog");
        try (Session session = connections.open()) {
            AuditSnapshot snapshot = AuditCatalog.read(session, known);
            List<Attempt> attempts = ground == null ? List.of() : proof(connections, snapshot, ground);
            return AuditReport.of(snapshot, attempts, request.severities());
        }
    }

    private List<Attempt> proof(Connections connections, AuditSnapshot snapshot, Ground ground) {
        progress.step("trying it as one tenant against another");
        return new TenantProof(connections, snapshot, ground).run();
    }
}
