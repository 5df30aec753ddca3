package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a plan is made of.
 *
 * @param purpose which way it goes
 * @param live what the database has
 * @param wanted what it is to have
 * @param asWanted the indexes of the database, under their names of now, whose definition is what is wanted under the final name
 * @param ours the indexes that the journal says a deployment has begun to build
 * @param path what the scripts still have to do
 * @param renames the indexes that are there under another name, by the name that they are to have
 * @param costs of building the wanted indexes, by name, as far as they are known
 */
public record Situation(
        Purpose purpose,
        CatalogSnapshot live,
        Wanted wanted,
        Set<QualifiedName> asWanted,
        Set<QualifiedName> ours,
        List<PathItem> path,
        Map<QualifiedName, QualifiedName> renames,
        Map<QualifiedName, BuildCost> costs) {

    /**
     * Which way a deployment goes.
     *
     * @param project name of the project
     * @param direction forward or back
     * @param from the state that the database is in
     * @param to the state that it is brought to
     * @param journal what the journal says of the deployments so far, for the fingerprint
     * @param notes what the reader should know
     */
    public record Purpose(
            String project,
            DeploymentPlan.Direction direction,
            String from,
            String to,
            String journal,
            List<String> notes) {}

    public Situation {
        asWanted = Set.copyOf(asWanted);
        ours = Set.copyOf(ours);
        path = List.copyOf(path);
        renames = Map.copyOf(renames);
        costs = Map.copyOf(costs);
    }

    /** The same with other renames. */
    Situation renaming(Map<QualifiedName, QualifiedName> others) {
        return new Situation(purpose, live, wanted, asWanted, ours, path, others, costs);
    }
}
