package dev.pgattest.playbook;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.PreflightItem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's document is made of.
 *
 * @param plan what is to be done
 * @param undo what takes it back; null for a plan that takes something back itself
 * @param before the catalog that the plan begins with
 * @param after the catalog that it ends with
 * @param preflight what was seen of the database
 * @param target where it is done
 */
public record Playbook(
        DeploymentPlan plan,
        @Nullable DeploymentPlan undo,
        CatalogSnapshot before,
        CatalogSnapshot after,
        List<PreflightItem> preflight,
        Target target) {

    /**
     * Where it is done.
     *
     * @param database name of the database
     * @param server version of the server
     */
    public record Target(String database, String server) {}

    public Playbook {
        preflight = List.copyOf(preflight);
    }

    /** What takes it back. */
    Optional<DeploymentPlan> wayBack() {
        return Optional.ofNullable(undo);
    }
}
