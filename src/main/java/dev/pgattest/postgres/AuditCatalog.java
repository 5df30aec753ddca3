package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.audit.AuditScope;
import dev.pgattest.audit.AuditSnapshot;
import dev.pgattest.audit.AuditSnapshot.Access;
import dev.pgattest.audit.AuditSnapshot.Gap;
import dev.pgattest.audit.AuditSnapshot.Odds;
import dev.pgattest.audit.AuditSnapshot.Schema;
import dev.pgattest.audit.Grant;
import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.PolicyFacts;
import dev.pgattest.audit.PolicyPlan;
import dev.pgattest.audit.Relation;
import dev.pgattest.audit.RoleFacts;
import dev.pgattest.audit.RoutineFacts;
import dev.pgattest.audit.ScopeInference;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what a database's catalog says about who may see what. Any role can: nothing of it needs a right. */
public final class AuditCatalog {

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);

    /** A lock that was not there before; an object that is not there any more. */
    private static final Set<String> IN_BETWEEN = Set.of("55P03", "XX000", "42P01");

    private static final int ATTEMPTS = 3;
    private static final Odds NO_ODDS = new Odds(Map.of(), Set.of(), 0, 0);

    private final Session session;

    private AuditCatalog(Session session) {
        this.session = session;
    }

    /**
     * Reads everything in a read-only transaction, with no lock stronger than {@code ACCESS SHARE}.
     *
     * @param session of the database; no transaction is open
     * @param known what somebody says about tenants and the application; the rest is inferred
     * @throws PgattestException of the environment when the server fails, of bad input when nothing tells tenants apart
     */
    public static AuditSnapshot read(Session session, AuditScope.Known known) {
        ReadOnlyTransactions transactions = new ReadOnlyTransactions(session, LONGEST_STATEMENT);
        for (int attempt = 1; ; attempt++) {
            try {
                AuditSnapshot snapshot = transactions.read(() -> new AuditCatalog(session).snapshot(known));
                PolicyPlans plans = new PolicyPlans(session, snapshot);
                List<PolicyPlan> read = transactions.read(plans::read);
                return snapshot.with(read, plans.gaps());
            } catch (SqlFailure e) {
                if (!IN_BETWEEN.contains(e.sqlState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private AuditSnapshot snapshot(AuditScope.Known known) {
        HealthLocks locks = HealthLocks.read(session);
        AuditSchema reading = new AuditSchema(session, locks.array());
        Schema schema = reading.read();
        List<RoleFacts> roles = roles();
        List<Grant.Given> given = given();
        Access first = new Access(roles, List.of(), List.of(), given, routines(List.of()), List.of(), NO_ODDS);
        AuditScope scope = ScopeInference.of(schema, first, known);
        List<RoutineFacts> routines = routines(scope.roles());
        Access access = new Access(
                roles,
                reach(schema, routines, roles, scope.roles()),
                effective(scope.roles(), locks.array()),
                given,
                routines,
                reading.triggers(),
                odds(scope));
        return new AuditSnapshot(server(), scope, schema, access, List.of(), gaps(locks));
    }

    private AuditSnapshot.Server server() {
        return session.query(
                        SqlResource.text("audit_server"),
                        row -> new AuditSnapshot.Server(
                                session.settings().address(),
                                row.getString("database"),
                                ServerVersion.parse(row.getString("version")).text(),
                                session.serverVersion().major(),
                                row.getString("role")))
                .get(0);
    }

    private List<RoleFacts> roles() {
        return session.query(
                SqlResource.text("audit_roles"),
                row -> new RoleFacts(
                        row.getString("name"),
                        row.getBoolean("login"),
                        row.getBoolean("superuser"),
                        row.getBoolean("bypasses"),
                        row.getBoolean("replicates"),
                        row.getBoolean("creates_roles")));
    }

    private List<Grant.Given> given() {
        return session.query(
                SqlResource.text("audit_given"),
                row -> new Grant.Given(row.getString("grantee"), row.getLong("relation"), rights(row)));
    }

    private List<Grant.Effective> effective(List<String> roles, String locked) {
        return session.query(
                SqlResource.text("audit_effective"),
                row -> new Grant.Effective(row.getString("role"), row.getLong("relation"), rights(row)),
                array(roles),
                locked);
    }

    private static Set<Right> rights(ResultSet row) throws SQLException {
        return AuditSchema.texts(row, "rights").stream()
                .map(Right::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
    }

    private List<RoutineFacts> routines(List<String> roles) {
        return session.query(
                SqlResource.text("audit_routines"),
                row -> new RoutineFacts(
                        row.getLong("oid"),
                        new QualifiedName(row.getString("schema_name"), row.getString("name")),
                        row.getString("arguments"),
                        row.getString("owner"),
                        row.getBoolean("definer"),
                        new RoutineFacts.Body(
                                row.getString("language"),
                                row.getString("source"),
                                RoutineFacts.Kind.valueOf(row.getString("kind")),
                                row.getBoolean("bound_early"),
                                row.getString("search_path")),
                        Set.copyOf(AuditSchema.texts(row, "executors")),
                        row.getBoolean("open_to_all"),
                        row.getBoolean("callable")),
                array(roles));
    }

    /** Of the application's roles and of owners, to whom it matters: owners, those whom no policy holds, those that policies name. */
    private List<RoleFacts.Reach> reach(
            Schema schema, List<RoutineFacts> routines, List<RoleFacts> roles, List<String> application) {
        Set<String> owners = new TreeSet<>();
        schema.relations().stream().map(Relation::owner).forEach(owners::add);
        routines.stream().map(RoutineFacts::owner).forEach(owners::add);
        Set<String> targets = new TreeSet<>(owners);
        schema.policies().stream().map(PolicyFacts::roles).forEach(targets::addAll);
        roles.stream()
                .filter(role -> role.isFree() || role.name().startsWith("pg_"))
                .map(RoleFacts::name)
                .forEach(targets::add);
        Set<String> subjects = new TreeSet<>(owners);
        subjects.addAll(application);
        return session.query(
                SqlResource.text("audit_reach"),
                row -> new RoleFacts.Reach(
                        row.getString("role"),
                        row.getString("target"),
                        row.getBoolean("inherits"),
                        row.getBoolean("becomes")),
                array(subjects),
                array(targets));
    }

    private Odds odds(AuditScope scope) {
        Map<String, String> defaults = new TreeMap<>();
        scope.setting()
                .ifPresent(setting -> session.query(
                        SqlResource.text("audit_defaults"),
                        row -> defaults.put(row.getString("role"), row.getString("value")),
                        setting));
        return session.query(
                        SqlResource.text("audit_odds"),
                        row -> new Odds(
                                defaults,
                                Set.copyOf(AuditSchema.texts(row, "statistics")),
                                row.getInt("sequences"),
                                row.getLong("large_objects")),
                        array(scope.roles()))
                .get(0);
    }

    private static List<Gap> gaps(HealthLocks locks) {
        return locks.gaps().stream()
                .map(gap -> new Gap(gap.object(), gap.message(), gap.remedy()))
                .toList();
    }

    /** An array of names as the server reads it. */
    static String array(Collection<String> names) {
        return names.stream()
                .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
