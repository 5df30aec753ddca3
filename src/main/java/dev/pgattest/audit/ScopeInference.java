package dev.pgattest.audit;

import dev.pgattest.PgattestException;
import dev.pgattest.audit.AuditScope.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out from a catalog what nobody says: the tenants' column, their setting and the application's roles. */
public final class ScopeInference {

    private static final String USUAL_COLUMN = "tenant_id";
    private static final Pattern SETTING = Pattern.compile("current_setting\\(\\s*'([^']+)'");

    private final List<Relation> relations;
    private final List<PolicyFacts> policies;
    private final List<RoutineFacts> routines;
    private final List<RoleFacts> roles;
    private final List<Grant.Given> given;
    private final List<String> sources = new ArrayList<>();
    private final Map<String, Boolean> narrow = new HashMap<>();

    private ScopeInference(AuditSnapshot.Schema schema, AuditSnapshot.Access access) {
        this.relations = schema.relations();
        this.policies = schema.policies();
        this.routines = access.routines();
        this.roles = access.roles();
        this.given = access.given();
    }

    /**
     * The scope of an audit.
     *
     * @param access of which roles, grants and routines count
     * @throws PgattestException of bad input when nothing tells tenants apart, or a named column or role does not exist
     */
    public static AuditScope of(AuditSnapshot.Schema schema, AuditSnapshot.Access access, Known known) {
        return new ScopeInference(schema, access).infer(known);
    }

    private AuditScope infer(Known known) {
        String column = column(known);
        Set<Long> tables = relations.stream()
                .filter(relation -> relation.column(column).isPresent())
                .map(Relation::oid)
                .collect(Collectors.toSet());
        List<PolicyFacts> ofTenants = policies.stream()
                .filter(policy -> tables.contains(policy.table()))
                .toList();
        String setting = setting(known, ofTenants);
        return new AuditScope(column, setting, known.settings(), roles(known, column, tables, ofTenants), sources);
    }

    private String column(Known known) {
        if (known.tenantColumn() != null) {
            String named = known.tenantColumn();
            if (relations.stream().noneMatch(relation -> relation.column(named).isPresent())) {
                throw PgattestException.badInput(
                        "no table has a column " + named, "name the column that says whose a row is: --tenant-column");
            }
            sources.add("tenant column " + named + ": " + known.origin());
            return named;
        }
        Map<String, Long> uses = counted(policies.stream().flatMap(policy -> policy.calls().columns().stream()));
        String found = most(uses);
        if (found != null) {
            sources.add("tenant column " + found + ": inferred, " + uses.get(found) + " of " + policies.size()
                    + " policies read it");
            return found;
        }
        if (relations.stream()
                .anyMatch(relation -> relation.column(USUAL_COLUMN).isPresent())) {
            sources.add("tenant column " + USUAL_COLUMN + ": inferred from its name, no policy reads a column");
            return USUAL_COLUMN;
        }
        throw PgattestException.badInput(
                "nothing says which column tells tenants apart: no policy reads a column, and no table has a column "
                        + USUAL_COLUMN,
                "name the column with --tenant-column NAME");
    }

    private @Nullable String setting(Known known, List<PolicyFacts> ofTenants) {
        if (known.tenantSetting() != null) {
            sources.add("tenant setting " + known.tenantSetting() + ": " + known.origin());
            return known.tenantSetting();
        }
        Map<String, Long> read = counted(ofTenants.stream().flatMap(this::settings));
        String found = most(read);
        sources.add(
                found == null
                        ? "tenant setting: unknown, no policy reads one"
                        : "tenant setting " + found + ": inferred, " + read.get(found) + " of " + ofTenants.size()
                                + " policies read it");
        return found;
    }

    /** The settings that a policy reads, itself or through the functions that it calls. */
    private Stream<String> settings(PolicyFacts policy) {
        Stream<String> texts = Stream.of(policy.using(), policy.check())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
        Stream<String> bodies = routines.stream()
                .filter(routine -> policy.calls().functions().contains(routine.oid()))
                .map(routine -> routine.body().source());
        return Stream.concat(texts, bodies).flatMap(ScopeInference::settingsIn).distinct();
    }

    private static Stream<String> settingsIn(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = SETTING.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names.stream();
    }

    private List<String> roles(Known known, String column, Set<Long> tables, List<PolicyFacts> ofTenants) {
        Set<String> names = roles.stream().map(RoleFacts::name).collect(Collectors.toSet());
        if (!known.roles().isEmpty()) {
            known.roles().stream()
                    .filter(role -> !names.contains(role))
                    .findFirst()
                    .ifPresent(missing -> {
                        throw PgattestException.badInput(
                                "there is no role " + missing, "name a role of the server: --role");
                    });
            sources.add("application role " + String.join(", ", known.roles()) + ": " + known.origin());
            return known.roles().stream().distinct().toList();
        }
        Set<String> wide = new TreeSet<>();
        Set<String> held = new TreeSet<>();
        ofTenants.forEach(policy -> (isNarrow(policy, column) ? held : wide).addAll(policy.roles()));
        Set<String> granted = given.stream()
                .filter(grant ->
                        tables.contains(grant.relation()) && !grant.grantee().isEmpty())
                .map(Grant.Given::grantee)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> owners = relations.stream()
                .filter(relation -> tables.contains(relation.oid()))
                .map(Relation::owner)
                .collect(Collectors.toCollection(TreeSet::new));
        granted.removeAll(wide);
        return !held.isEmpty()
                ? found(List.copyOf(held), "named by policies that go by the tenant column")
                : !granted.isEmpty()
                        ? found(ordinary(granted), "has rights on tables of tenants")
                        : found(ordinary(owners), "owns the tables of tenants, and nobody else has rights on them");
    }

    private List<String> ordinary(Set<String> names) {
        return names.stream()
                .filter(name -> roles.stream()
                        .anyMatch(role -> role.name().equals(name) && !role.superuser() && !name.startsWith("pg_")))
                .toList();
    }

    private List<String> found(List<String> ordinary, String why) {
        sources.add(
                ordinary.isEmpty()
                        ? "application role: unknown, only superusers have rights on tables of tenants"
                        : "application role " + String.join(", ", ordinary) + ": inferred, " + why);
        return ordinary;
    }

    private boolean isNarrow(PolicyFacts policy, String column) {
        String condition = policy.using() == null ? policy.check() : policy.using();
        return condition != null
                && narrow.computeIfAbsent(
                        condition,
                        text -> TenantCondition.parse(text, column)
                                .filter(read -> read.openings().isEmpty())
                                .isPresent());
    }

    private static Map<String, Long> counted(Stream<String> names) {
        return new HashMap<>(names.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    private static @Nullable String most(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
