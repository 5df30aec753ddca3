package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The database that a run works in, locked against other runs until it is closed. It is one that pgattest created and
 * marked itself, unless the user said otherwise. Closing it leaves the database; only {@link #drop} removes it.
 */
public final class BenchmarkDatabase implements AutoCloseable {

    private static final String BEING_MADE = "pgattest_new_";
    private static final String COMMENT = """
            select pg_catalog.shobj_description(oid, 'pg_database')
            from pg_catalog.pg_database
            where datname = ?
            """;
    private static final String COMMENTS = """
            select datname, pg_catalog.shobj_description(oid, 'pg_database')
            from pg_catalog.pg_database
            order by datname collate "C"
            """;
    private static final String HALF_MADE = """
            select datname, pg_catalog.shobj_description(oid, 'pg_database')
            from pg_catalog.pg_database
            where datname ~ ?
            order by datname
            """;

    private final Connections server;
    private final Session lock;
    private final String name;
    private final boolean ours;

    private BenchmarkDatabase(Connections server, Session lock, String name, boolean ours) {
        this.server = server;
        this.lock = lock;
        this.name = name;
        this.ours = ours;
    }

    /**
     * Takes the database of a request, creating and marking it when there is none of that name.
     *
     * @param server connections to any other database of the server, by a user who may create databases
     * @param notices told what an interrupted run left behind
     * @throws PgattestException of bad input when the database belongs to somebody else or to another project; of the
     *     environment when another run works in it
     */
    public static BenchmarkDatabase take(Connections server, BenchmarkRequest request, Consumer<String> notices) {
        boolean ours;
        try (Session session = server.open()) {
            ours = findOrCreate(session, request, notices);
        }
        Session lock = server.to(request.database()).openAs(DatabaseLock.holderName());
        try {
            DatabaseLock.take(lock);
            return new BenchmarkDatabase(server, lock, request.database(), ours);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Names of the databases of a server that pgattest created, sorted. */
    public static List<String> names(Connections server) {
        try (Session session = server.open()) {
            return session
                    .query(COMMENTS, row -> DatabaseMark.read(row.getString(2)).isPresent() ? row.getString(1) : "")
                    .stream()
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** Connections to it. */
    public Connections connections() {
        return server.to(name);
    }

    /**
     * Removes the database and ends every connection to it, this one's lock included.
     *
     * @throws PgattestException of bad input when pgattest did not create it
     */
    public void drop() {
        try (Session session = server.open()) {
            if (!ours || mark(session, name).isEmpty()) {
                throw PgattestException.badInput(
                        "the database " + name + " is not pgattest's, so it is not dropped", "drop it yourself");
            }
            // The lock is held until the server ends its session, so no other run can come in between.
            session.execute("drop database " + Identifier.quote(name) + " with (force)");
            lock.close();
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Whether the database is pgattest's own, now that it exists for sure. */
    private static boolean findOrCreate(Session session, BenchmarkRequest request, Consumer<String> notices) {
        if (!exists(session, request.database())) {
            DatabaseLock.awaitCreation(session);
            try {
                removeHalfMade(session, notices);
                if (!exists(session, request.database())) {
                    create(session, request);
                }
            } finally {
                DatabaseLock.releaseCreation(session);
            }
        }
        Optional<DatabaseMark> mark = mark(session, request.database());
        if (request.foreign() == BenchmarkRequest.Foreign.REFUSE) {
            requireOurs(mark, request);
        }
        return mark.isPresent();
    }

    private static void requireOurs(Optional<DatabaseMark> mark, BenchmarkRequest request) {
        if (mark.isEmpty()) {
            throw PgattestException.badInput(
                    "a database " + request.database() + " exists and is not pgattest's",
                    "rename or drop it yourself, or name another with --database");
        }
        if (!mark.get().project().equals(request.project())) {
            throw PgattestException.badInput(
                    "the database " + request.database() + " belongs to the project "
                            + mark.get().project() + ", not to " + request.project(),
                    "name another with --database");
        }
    }

    /**
     * A database gets its name last: one of that name is marked from its first moment on, and a run that dies in between
     * leaves only a database with a name that nobody looks for.
     */
    private static void create(Session session, BenchmarkRequest request) {
        String temporary = Identifier.quote(BEING_MADE + randomHexadecimal());
        DatabaseMark mark = new DatabaseMark(
                version(),
                request.project(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        session.execute("create database " + temporary + " template template0 encoding 'UTF8'");
        session.execute("comment on database " + temporary + " is " + Literal.quote(mark.comment()));
        session.execute("alter database " + temporary + " rename to " + Identifier.quote(request.database()));
    }

    /** Runs under the lock, when no other run is creating one. What has no mark yet is only named, by the rule. */
    private static void removeHalfMade(Session session, Consumer<String> notices) {
        List<Map.Entry<String, Boolean>> found = session.query(
                HALF_MADE,
                row -> Map.entry(
                        row.getString(1), DatabaseMark.read(row.getString(2)).isPresent()),
                "^" + BEING_MADE + "[0-9a-f]{16}$");
        for (Map.Entry<String, Boolean> database : found) {
            String statement = "drop database " + Identifier.quote(database.getKey());
            if (database.getValue()) {
                session.execute(statement);
                notices.accept("dropped the database " + database.getKey() + " that an interrupted run left behind");
            } else {
                notices.accept(
                        "an interrupted run may have left the database " + database.getKey() + "; if so: " + statement);
            }
        }
    }

    private static boolean exists(Session session, String database) {
        return !session.query(COMMENT, row -> true, database).isEmpty();
    }

    private static Optional<DatabaseMark> mark(Session session, String database) {
        return session.query(COMMENT, row -> DatabaseMark.read(row.getString(1)), database).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String randomHexadecimal() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String version() {
        String version = BenchmarkDatabase.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
