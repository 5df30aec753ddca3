package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deployments of a project to one database, as its journal has them.
 *
 * @param deployments in the order in which they began; empty when there is no journal
 */
public record DeploymentHistory(List<DeploymentRecord> deployments) {

    public DeploymentHistory {
        deployments = List.copyOf(deployments);
    }

    /** The last one. */
    public Optional<DeploymentRecord> last() {
        return deployments.isEmpty() ? Optional.empty() : Optional.of(deployments.get(deployments.size() - 1));
    }

    /** The last one when it is unfinished. */
    public Optional<DeploymentRecord> unfinished() {
        return last().filter(DeploymentRecord::isUnfinished);
    }

    /** The deployment that a rollback takes back: the last one that is not taken back already. */
    public Optional<DeploymentRecord> toRollBack() {
        return deployments.stream()
                .filter(each -> each.direction() == DeploymentPlan.Direction.APPLY)
                .filter(each -> each.outcome() != DeploymentRecord.Outcome.UNDONE)
                .reduce((first, second) -> second);
    }

    /** The indexes that a deployment has ever worked on. */
    public Set<QualifiedName> touched() {
        return deployments.stream()
                .flatMap(each -> each.touched().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** In one line, what a plan's fingerprint relies on. */
    public String summary() {
        return last().map(last ->
                        "deployment " + last.id() + " " + last.outcome() + " of " + last.from() + " to " + last.to()
                                + ", done: " + last.doneKeys().stream().sorted().toList())
                .orElse("no deployment");
    }
}
