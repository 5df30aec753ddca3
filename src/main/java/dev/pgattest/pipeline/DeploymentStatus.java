package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.IndexStatus;
import dev.pgattest.deploy.StatusReport;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.DeploymentSession;
import dev.pgattest.postgres.DirectSession;
import dev.pgattest.postgres.Session;
import dev.pgattest.sql.QualifiedName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says how far a database's deployments are: by its journal, its catalog and its sessions, from anywhere. Changes nothing. */
public final class DeploymentStatus {

    private final Path project;
    private final ConnectionSettings database;

    /** Prepares to look. */
    public DeploymentStatus(Path project, ConnectionSettings database) {
        this.project = project;
        this.database = database;
    }

    /**
     * Looks.
     *
     * @throws PgattestException when the project is wrong or the server cannot be reached
     */
    public StatusReport run() {
        String name = LoadedProject.read(project).project().name();
        try (Session session = DirectSession.open(new Connections(database), "pgattest")) {
            DeploymentHistory history = DeploymentJournal.read(session, name);
            CatalogSnapshot live = DeploymentCatalog.read(session);
            List<IndexStatus> indexes = new ArrayList<>();
            for (QualifiedName index : history.last()
                    .map(DeploymentRecord::touched)
                    .map(touched -> touched.keySet())
                    .orElse(Set.of())) {
                indexes.add(IndexStatus.of(index, live));
            }
            return new StatusReport(
                    name, history, DeploymentSession.lockHolder(session).orElse(null), indexes);
        }
    }
}
