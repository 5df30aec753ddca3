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
 * @param undone the scripts that a rollback takes back
 */
public record ScriptInput(
        DeploymentPlan plan, CatalogSnapshot before, CatalogSnapshot after, Origin origin, Undone undone) {

    /**
     * The database that a plan was made for.
     *
     * @param database its name
     * @param lastDeployment the last deployment in its journal; null for none
     * @param journalTables what makes the journal's tables
     */
    public record Origin(String database, @Nullable Long lastDeployment, String journalTables) {}

    /**
     * Scripts that a rollback takes back.
     *
     * @param keys of their steps; empty when there are none
     * @param dropsIndexes whether taking them back removes indexes that were not made by them, so that it cannot be left out
     */
    public record Undone(List<String> keys, boolean dropsIndexes) {

        /** Nothing is taken back. */
        public static final Undone NOTHING = new Undone(List.of(), false);

        public Undone {
            keys = List.copyOf(keys);
        }
    }
}
