package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogObject;
import dev.pgattest.deploy.PathItem;
import dev.pgattest.deploy.ScriptStatement;
import dev.pgattest.deploy.StatementObjects;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the statements of scripts are still to be run, by the journal and by what the catalog has. */
final class ScriptProgress {

    private final Session session;
    private final List<String> notes;
    private final Map<CatalogObject, Boolean> there = new HashMap<>();

    ScriptProgress(Session session, List<String> notes) {
        this.session = session;
        this.notes = notes;
    }

    private boolean isThere(CatalogObject object) {
        return there.computeIfAbsent(
                object, each -> DeploymentCatalog.exist(session, List.of(each)).getOrDefault(each, false));
    }

    /**
     * The items without those that are done.
     *
     * @param done keys of the steps that the journal says are done
     * @throws PgattestException of bad input when a step was done in part by somebody else
     */
    List<PathItem> remaining(List<PathItem> items, Set<String> done) {
        List<PathItem> remaining = new ArrayList<>();
        for (PathItem item : items) {
            if (!(item instanceof PathItem.Script script)) {
                remaining.add(item);
            } else if (!done.contains(script.step().key()) && !isDoneByHand(script)) {
                remaining.add(item);
            }
            if (item instanceof PathItem.Script script
                    && !done.contains(script.step().key())) {
                script.objects().forEach(this::pass);
            }
        }
        return remaining;
    }

    private boolean isDoneByHand(PathItem.Script script) {
        List<CatalogObject> done = new ArrayList<>();
        List<CatalogObject> open = new ArrayList<>();
        Map<CatalogObject, Boolean> before = new HashMap<>();
        for (StatementObjects objects : script.objects()) {
            objects.made().forEach(object -> (before.getOrDefault(object, isThere(object)) ? done : open).add(object));
            objects.removed()
                    .forEach(object -> (before.getOrDefault(object, isThere(object)) ? open : done).add(object));
            objects.made().forEach(object -> before.put(object, true));
            objects.removed().forEach(object -> before.put(object, false));
        }
        if (done.isEmpty()) {
            return false;
        }
        if (!open.isEmpty()) {
            throw PgattestException.badInput(
                    "the statements from " + script.step().subject().text() + " are done in part: done " + texts(done)
                            + ", not done " + texts(open),
                    "finish or undo them by hand, or name the state that the database is in with --from");
        }
        notes.add("done already: the statements from " + script.step().subject().text());
        return true;
    }

    private void pass(StatementObjects objects) {
        objects.made().forEach(object -> there.put(object, true));
        objects.removed().forEach(object -> there.put(object, false));
    }

    private static String texts(List<CatalogObject> objects) {
        return String.join(", ", objects.stream().map(CatalogObject::text).toList());
    }

    /** The statements without those that remove or need something that is not there, because a deployment did not get so far. */
    List<ScriptStatement> possible(List<ScriptStatement> statements) {
        List<ScriptStatement> possible = new ArrayList<>();
        Map<CatalogObject, Boolean> known = new HashMap<>();
        for (ScriptStatement statement : statements) {
            StatementObjects objects = StatementObjects.of(statement.node());
            boolean made = objects.made().stream().noneMatch(object -> known.getOrDefault(object, isThere(object)));
            boolean present = objects.removed().stream().allMatch(object -> known.getOrDefault(object, isThere(object)))
                    && objects.needed().stream().allMatch(object -> known.getOrDefault(object, isThere(object)));
            if (made && present) {
                possible.add(statement);
                objects.made().forEach(object -> known.put(object, true));
                objects.removed().forEach(object -> known.put(object, false));
            }
        }
        return possible;
    }
}
