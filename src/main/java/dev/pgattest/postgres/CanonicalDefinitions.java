package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of indexes in the server's own words, in which two of them that mean the same are the same.
 *
 * <p>The server rewrites what it stores, and what it then prints is stored differently once more: {@code status in ('a', 'b')} on a
 * {@code varchar} column takes two rounds until it stays. So each definition, a user's as well as the server's, is made on an empty
 * temporary copy of the table and printed, until the text no longer changes. All of it happens in a transaction that is rolled back and
 * takes no stronger lock on the table than {@code ACCESS SHARE}.
 */
public final class CanonicalDefinitions {

    /** Two are enough for everything that is known; a definition that never settles is a mistake here. */
    private static final int MOST_ROUNDS = 6;

    private static final String SAVEPOINT = "pgattest_definition";

    /** Types and functions in the order of the user's own search path; the copy's row type must not come before others. */
    private static final String USERS_PATH = "select pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ',"
            + " nullif(pg_catalog.current_setting('search_path'), ''), 'pg_temp'), true)";

    /** Everything outside of the system's schema is printed with its own. */
    private static final String PLAIN_PATH = "set local search_path = pg_catalog, pg_temp";

    private static final String PATIENCE = "set local lock_timeout = '3s'";

    private final Session session;
    private final QualifiedName copy;

    private CanonicalDefinitions(Session session, QualifiedName table) {
        this.session = session;
        this.copy = new QualifiedName("pg_temp", table.name());
    }

    /** What the server makes of definitions. */
    public sealed interface Answer {

        /**
         * It was asked.
         *
         * @param definitions one for each that was given, in the same order
         */
        record Known(List<Definition> definitions) implements Answer {
            public Known {
                definitions = List.copyOf(definitions);
            }
        }

        /**
         * It could not be asked: on a standby, in a read-only session, without the right to read the table or to make temporary ones.
         *
         * @param reason why, as a part of a sentence
         */
        record Unknown(String reason) implements Answer {}
    }

    /**
     * One definition.
     *
     * @param statement in the server's words; as it was given when the server refuses it
     * @param refusal why the server refuses it; null when it does not
     */
    public record Definition(
            IndexStatement statement, @Nullable String refusal) {

        /** What the index is. */
        public IndexDefinition definition() {
            return statement.definition();
        }
    }

    /**
     * Asks the server.
     *
     * @param session outside of a transaction
     * @param table a table, partitioned or not, or a materialized view
     * @param statements what makes the indexes; their own tables do not matter
     * @throws PgattestException of the environment when the server or the connection is in trouble
     */
    public static Answer of(Session session, QualifiedName table, List<IndexStatement> statements) {
        session.execute("begin");
        try {
            return new CanonicalDefinitions(session, table).ask(table, statements);
        } finally {
            rollBack(session);
        }
    }

    private static void rollBack(Session session) {
        try {
            session.execute("rollback");
        } catch (SqlFailure lost) {
            // A connection that is gone has rolled back; what it failed at is on its way already.
            if (!lost.isTrouble()) {
                throw lost;
            }
        }
    }

    private Answer ask(QualifiedName table, List<IndexStatement> statements) {
        try {
            String obstacle = session.text(SqlResource.text("clone_obstacle"), table.sql());
            if (!obstacle.isEmpty()) {
                return new Answer.Unknown(obstacle);
            }
            session.execute(PATIENCE);
            session.execute("create temporary table " + copy.sql() + " (like " + table.sql() + ")");
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            return new Answer.Unknown("the table cannot be copied: " + failure.serverMessage());
        }
        session.execute(USERS_PATH);
        List<Definition> definitions = new ArrayList<>();
        statements.forEach(statement -> definitions.add(settled(statement)));
        return new Answer.Known(definitions);
    }

    private Definition settled(IndexStatement given) {
        try {
            IndexStatement last = printed(given, false);
            for (int round = 1; round < MOST_ROUNDS; round++) {
                IndexStatement next = printed(last, true);
                if (next.after().equals(last.after())) {
                    return new Definition(withConstraint(next, given), null);
                }
                last = next;
            }
            throw new IllegalStateException("the server never settles on one text: " + last.after());
        } catch (SqlFailure failure) {
            if (failure.isTrouble()) {
                throw failure;
            }
            session.execute("rollback to savepoint " + SAVEPOINT);
            return new Definition(given, failure.serverMessage());
        }
    }

    /** What the server prints of an index on the copy, which is gone afterwards. */
    private IndexStatement printed(IndexStatement statement, boolean ours) {
        session.execute("savepoint " + SAVEPOINT);
        if (ours) {
            session.execute(PLAIN_PATH);
        }
        session.execute(statement.on(copy));
        session.execute(PLAIN_PATH);
        String text = session.text(SqlResource.text("temporary_index"), copy.name());
        session.execute("rollback to savepoint " + SAVEPOINT);
        return IndexStatement.parse(text).orThrow();
    }

    /** What is printed of a constraint's index says nothing of the constraint. */
    private static IndexStatement withConstraint(IndexStatement printed, IndexStatement given) {
        IndexDefinition definition = printed.definition()
                .ownedBy(
                        given.definition().backing(),
                        given.definition().uniqueness() == IndexDefinition.Uniqueness.DEFERRABLE)
                .excludingBy(given.definition().excluding());
        return new IndexStatement(given.name(), given.table(), definition, printed.before(), printed.after());
    }
}
