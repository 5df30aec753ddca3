package dev.pgattest.playbook;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a script is made of.
 *
 * @param plan that it carries out
 * @param before the catalog that the plan begins with
 * @param after the catalog that it ends with
 * @param origin where it is to be run
 * @param undone keys of the scripts' steps that a rollback takes back; empty for other plans
 */
public record ScriptInput(
        DeploymentPlan plan,
        CatalogSnapshot before,
        CatalogSnapshot after,
        Origin origin,
        List<String> undone) {

    /**
     * The database that a plan was made for.
     *
     * @param database its name
     * @param lastDeployment the last deployment in its journal; null for none
     * @param journalTables what makes the journal's tables
     */
    public record Origin(String database, @Nullable Long lastDeployment, String journalTables) {}

    public ScriptInput {
        undone = List.copyOf(undone);
    }
}
