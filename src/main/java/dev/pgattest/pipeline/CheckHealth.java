package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthSnapshot;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.HealthCatalog;
import dev.pgattest.postgres.Session;
import java.util.ArrayList;
import java.util.List;

/** Looks at a live database and says how it is doing. It writes nothing. */
public final class CheckHealth {

    private final HealthRequest request;

    public CheckHealth(HealthRequest request) {
        this.request = request;
    }

    /**
     * Reads and judges.
     *
     * @throws PgattestException of the environment when a server fails, of bad input when a replica is none
     */
    public HealthReport run() {
        List<Session> replicas = new ArrayList<>();
        try (Session session = new Connections(request.server()).open()) {
            request.replicas().forEach(replica -> replicas.add(new Connections(replica).open()));
            HealthSnapshot snapshot = HealthCatalog.read(session, replicas, request.bloat());
            return HealthReport.of(snapshot, request.settings());
        } finally {
            replicas.forEach(Session::close);
        }
    }
}
