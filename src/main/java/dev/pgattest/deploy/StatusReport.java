package dev.pgattest.deploy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the deployments of a project to a database are.
 *
 * @param project name of the project
 * @param history what the journal has
 * @param worker who deploys to the database at this moment; null for nobody
 * @param indexes what the indexes of the last deployment are now, in the order in which they were worked on
 */
public record StatusReport(
        String project, DeploymentHistory history, @Nullable String worker, List<IndexStatus> indexes) {

    public StatusReport {
        indexes = List.copyOf(indexes);
    }

    /** Who deploys to the database at this moment. */
    public Optional<String> atWork() {
        return Optional.ofNullable(worker);
    }

    /** Whether a deployment is unfinished, whether or not somebody is at it. */
    public boolean isUnfinished() {
        return history.unfinished().isPresent();
    }
}
