package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.health.AgeFacts;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthSnapshot;
import dev.pgattest.health.HealthSnapshot.Gap;
import dev.pgattest.health.HealthSnapshot.SchemaFacts;
import dev.pgattest.health.IndexBuild;
import dev.pgattest.health.IndexFacts;
import dev.pgattest.health.ReplicaFacts;
import dev.pgattest.health.ServerFacts;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a live database says about its health. */
public final class HealthCatalog {

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    /** A lock that was not there before; an object that is not there any more. */
    private static final Set<String> IN_BETWEEN = Set.of("55P03", "XX000", "42P01");

    private static final int ATTEMPTS = 3;

    private final Session session;
    private final ReadOnlyTransactions transactions;

    private HealthCatalog(Session session) {
        this.session = session;
        this.transactions = new ReadOnlyTransactions(session, LONGEST_STATEMENT);
    }

    /**
     * Reads everything, in short read-only transactions, with no lock stronger than {@code ACCESS SHARE}.
     *
     * @param session of the database; no transaction is open
     * @param replicas sessions of the same database on other servers, whose use of indexes is read
     * @throws PgattestException of the environment when the server fails, of bad input when a replica is another database
     */
    public static HealthSnapshot read(Session session, List<Session> replicas, BloatReading bloat) {
        HealthCatalog catalog = new HealthCatalog(session);
        HealthServer server = catalog.transactions.read(() -> HealthServer.read(session));
        List<Gap> gaps = new ArrayList<>();
        SchemaFacts schema = catalog.patiently(server, bloat, gaps);
        String system = replicas.isEmpty() ? "" : catalog.transactions.read(() -> HealthServer.system(session));
        List<ReplicaFacts> others = replicas.stream()
                .map(replica -> replica(server, system, replica))
                .toList();
        AgeFacts ages = catalog.transactions.read(catalog::ages);
        List<IndexBuild> builds = catalog.transactions.read(catalog::builds);
        if (!server.seesStatistics()) {
            gaps.add(new Gap(
                    Gap.Kind.RIGHT,
                    "",
                    "the role " + server.role()
                            + " is no member of pg_monitor: it cannot see what other sessions build, and which "
                            + "standbys stream from this server",
                    "grant pg_monitor to " + Identifier.quote(server.role()) + ";"));
        }
        return new HealthSnapshot(server.facts(), schema, ages, builds, others, gaps);
    }

    /** Somebody may lock or drop a table between the look at the locks and the look at the table: then once more. */
    private SchemaFacts patiently(HealthServer server, BloatReading bloat, List<Gap> gaps) {
        for (int attempt = 1; ; attempt++) {
            HealthLocks locks = transactions.read(() -> HealthLocks.read(session));
            List<Gap> found = new ArrayList<>(locks.gaps());
            try {
                SchemaFacts schema = new HealthSchema(session, transactions, server, locks, found).read(bloat);
                gaps.addAll(found);
                return schema;
            } catch (SqlFailure e) {
                if (!IN_BETWEEN.contains(e.sqlState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ReplicaFacts replica(HealthServer server, String system, Session replica) {
        return new ReadOnlyTransactions(replica, LONGEST_STATEMENT).read(() -> {
            ServerFacts facts = HealthServer.read(replica).facts();
            String itsSystem = HealthServer.system(replica);
            ServerFacts ours = server.facts();
            if (!itsSystem.equals(system) || !facts.database().equals(ours.database())) {
                throw PgattestException.badInput(
                        "--replica " + replica.settings().display() + " is not another server of " + ours.address()
                                + "/"
                                + ours.database() + ": system identifier " + itsSystem + " instead of " + system
                                + ", database " + facts.database(),
                        "name physical replicas of the server, and the same database on each");
            }
            Map<QualifiedName, IndexFacts.Use> uses = new HashMap<>();
            IndexUse.byName(replica).forEach((name, use) -> uses.put(name, use.use()));
            return new ReplicaFacts(facts.address(), facts.counters(), uses);
        });
    }

    private AgeFacts ages() {
        return new AgeFacts(
                session.query(
                        SqlResource.text("health_databases"),
                        row -> new AgeFacts.DatabaseAge(
                                row.getString("database"), row.getLong("transactions"), row.getLong("multixacts"))),
                session.query(
                        SqlResource.text("health_oldest"),
                        row -> new AgeFacts.RelationAge(
                                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                                row.getLong("transactions"),
                                row.getLong("multixacts"))));
    }

    private List<IndexBuild> builds() {
        return session.query(
                SqlResource.text("health_builds"),
                row -> new IndexBuild(
                        row.getInt("process_id"),
                        name(row, "table_schema", "table_name"),
                        name(row, "index_schema", "index_name"),
                        row.getString("command"),
                        row.getString("phase")));
    }

    static @Nullable QualifiedName name(ResultSet row, String schema, String name) throws SQLException {
        String simple = row.getString(name);
        return simple == null ? null : new QualifiedName(row.getString(schema), simple);
    }
}
