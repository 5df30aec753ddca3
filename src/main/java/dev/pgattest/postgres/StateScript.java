package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.deploy.ScriptStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the script of a state change, one statement at a time in autocommit, as a deployment would. */
public final class StateScript {

    private StateScript() {}

    /**
     * Runs every statement of a script.
     *
     * @param file name of the script for messages
     * @return milliseconds that building each new index took, by quoted, schema-qualified index name
     * @throws PgattestException with the place of the statement in the script when the server refuses one
     */
    public static Map<String, Double> run(Session session, String file, String text) {
        keepRowOrder(session);
        Map<String, Double> buildMs = new HashMap<>();
        Set<String> known = Catalog.indexNames(session);
        for (SqlStatement statement : SqlScript.statements(text)) {
            long start = System.nanoTime();
            execute(session, file, text, statement);
            double elapsedMs = (System.nanoTime() - start) / 1e6;
            Set<String> now = Catalog.indexNames(session);
            for (String name : now) {
                if (!known.contains(name)) {
                    buildMs.put(name, elapsedMs);
                }
            }
            known = now;
        }
        return buildMs;
    }

    /**
     * Rows that a script copies into a table or a materialized view come in the same order every time: parallel workers would shuffle
     * them, and a large scan would start where another one is. Buffers of later measurements depend on that order. Building indexes is
     * not slowed down.
     */
    static void keepRowOrder(Session session) {
        session.execute("set synchronize_seqscans = off");
        session.execute("set max_parallel_workers_per_gather = 0");
    }

    /**
     * Runs every statement of a script, and tells what each did to the relations of the user's schemas.
     *
     * @param file name of the script for messages
     * @throws PgattestException with the place of the statement in the script when the server refuses one
     */
    public static List<ScriptStatement> trace(Session session, String file, String text) {
        List<ScriptStatement> trace = new ArrayList<>();
        Set<QualifiedName> known = DeploymentCatalog.relationNames(session);
        for (SqlStatement statement : SqlScript.statements(text)) {
            execute(session, file, text, statement);
            Set<QualifiedName> now = DeploymentCatalog.relationNames(session);
            trace.add(new ScriptStatement(
                    file, statement.place().line(), statement.text(), without(now, known), without(known, now)));
            known = now;
        }
        return trace;
    }

    private static Set<QualifiedName> without(Set<QualifiedName> names, Set<QualifiedName> others) {
        return names.stream().filter(name -> !others.contains(name)).collect(Collectors.toSet());
    }

    private static void execute(Session session, String file, String text, SqlStatement statement) {
        try {
            session.execute(statement.text());
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            Place place = Place.of(
                    text,
                    statement.start() + statement.text().offsetByCodePoints(0, Math.max(failure.position() - 1, 0)));
            throw PgattestException.badInput(List.of(new Problem(
                    file,
                    place.line(),
                    place.column(),
                    failure.serverMessage(),
                    "correct the statement in the script")));
        }
    }
}
