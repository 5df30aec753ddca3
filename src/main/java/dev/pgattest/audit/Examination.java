package dev.pgattest.audit;

import dev.pgattest.audit.Grant.Right;
import dev.pgattest.audit.PolicyFacts.Command;
import dev.pgattest.audit.RoleFacts.Reach;
import dev.pgattest.audit.TenantCondition.Opening;
import dev.pgattest.sql.Identifier;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A snapshot, arranged for the questions of the rules. */
final class Examination {

    private final AuditSnapshot snapshot;
    private final List<Attempt> attempts;
    private final Map<Long, Relation> relations;
    private final Map<String, RoleFacts> roles;
    private final Map<Long, List<PolicyFacts>> policies;
    private final Map<List<String>, Reach> reach;
    private final Map<List<Object>, Set<Right>> rights;
    private final Map<String, List<Opening>> openings = new HashMap<>();
    private final Map<String, Optional<TenantCondition>> conditions = new HashMap<>();
    private final Map<Long, Boolean> picking = new HashMap<>();

    Examination(AuditSnapshot snapshot, List<Attempt> attempts) {
        this.snapshot = snapshot;
        this.attempts = attempts;
        this.relations =
                snapshot.schema().relations().stream().collect(Collectors.toMap(Relation::oid, Function.identity()));
        this.roles = snapshot.access().roles().stream().collect(Collectors.toMap(RoleFacts::name, Function.identity()));
        this.policies = snapshot.schema().policies().stream().collect(Collectors.groupingBy(PolicyFacts::table));
        this.reach = snapshot.access().reach().stream()
                .collect(Collectors.toMap(each -> List.of(each.role(), each.target()), Function.identity()));
        this.rights = snapshot.access().effective().stream()
                .collect(Collectors.toMap(each -> List.of(each.role(), each.relation()), Grant.Effective::rights));
    }

    AuditSnapshot snapshot() {
        return snapshot;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** Whether something with a constraint was tried and did not work, for all roles that tried it. */
    boolean wasHeld(Attempt.Action action, Relation table, String constraint) {
        List<Attempt> tried = attempts.stream()
                .filter(attempt -> attempt.action() == action
                        && attempt.object().equals(table.name().sql())
                        && attempt.constraint().equals(constraint))
                .toList();
        return !tried.isEmpty() && tried.stream().allMatch(attempt -> attempt.verdict() == Attempt.Verdict.HELD);
    }

    AuditScope scope() {
        return snapshot.scope();
    }

    String tenantColumn() {
        return scope().tenantColumn();
    }

    List<Relation> relations() {
        return snapshot.schema().relations();
    }

    Optional<Relation> relation(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    /** Tables with rows of several tenants, partitions and children too. */
    List<Relation> tenantTables() {
        return relations().stream().filter(this::isTenantTable).toList();
    }

    boolean isTenantTable(Relation relation) {
        return relation.isTable() && hasTenant(relation);
    }

    boolean hasTenant(Relation relation) {
        return relation.column(tenantColumn()).isPresent();
    }

    /** Whether it is a part of a table of tenants, whose policies guard what goes through that table. */
    boolean isPart(Relation relation) {
        return relation.lineage().parents().stream()
                .flatMap(parent -> relation(parent).stream())
                .anyMatch(this::isTenantTable);
    }

    List<PolicyFacts> policies(Relation table) {
        return policies.getOrDefault(table.oid(), List.of());
    }

    List<String> applicationRoles() {
        return scope().roles();
    }

    Optional<RoleFacts> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    Set<Right> rights(String role, Relation relation) {
        return rights.getOrDefault(List.of(role, relation.oid()), EnumSet.noneOf(Right.class));
    }

    /** The application's roles that have one of these rights on a relation. */
    List<String> rolesWith(Relation relation, Right... wanted) {
        return applicationRoles().stream()
                .filter(role -> List.of(wanted).stream().anyMatch(rights(role, relation)::contains))
                .toList();
    }

    /** What a role has of another; of itself, all. */
    Optional<Reach> reach(String role, String target) {
        return role.equals(target)
                ? Optional.of(new Reach(role, target, true, true))
                : Optional.ofNullable(reach.get(List.of(role, target)));
    }

    boolean applies(PolicyFacts policy, String role) {
        return policy.roles().isEmpty()
                || policy.roles().stream()
                        .anyMatch(target ->
                                reach(role, target).filter(Reach::inherits).isPresent());
    }

    /** Whether row-level security does not hold a role on a table. */
    boolean isFree(String role, Relation table) {
        boolean everywhere = role(role).filter(RoleFacts::isFree).isPresent();
        boolean owns = reach(role, table.owner()).filter(Reach::inherits).isPresent();
        return everywhere
                || !table.security().enabled()
                || (owns && !table.security().forced());
    }

    /** What lets rows of others through to a role that reads with this command, by policy; empty for a role that is held. */
    Map<PolicyFacts, List<Opening>> readOpenings(String role, Relation table, Command command) {
        return openings(role, table, command, PolicyFacts::using);
    }

    /** What lets a role write rows of others, by policy. */
    Map<PolicyFacts, List<Opening>> writeOpenings(String role, Relation table, Command command) {
        return openings(role, table, command, PolicyFacts::writes);
    }

    private Map<PolicyFacts, List<Opening>> openings(
            String role, Relation table, Command command, Function<PolicyFacts, @Nullable String> condition) {
        List<PolicyFacts> inForce = policies(table).stream()
                .filter(policy -> policy.isFor(command) && applies(policy, role))
                .toList();
        boolean restricted = inForce.stream()
                .filter(policy -> !policy.permissive() && condition.apply(policy) != null)
                .anyMatch(policy -> openings(condition.apply(policy)).isEmpty());
        Map<PolicyFacts, List<Opening>> found = new HashMap<>();
        if (!restricted) {
            inForce.stream()
                    .filter(policy -> policy.permissive() && condition.apply(policy) != null)
                    .forEach(policy -> found.put(policy, openings(condition.apply(policy))));
            found.values().removeIf(List::isEmpty);
        }
        return found;
    }

    /** What a condition lets through; what cannot be read is left to the proof. */
    List<Opening> openings(@Nullable String condition) {
        return condition == null
                ? List.of()
                : openings.computeIfAbsent(
                        condition,
                        text -> condition(text).map(TenantCondition::openings).orElse(List.of()));
    }

    /** A condition, read once: many policies are the same but for their tables. */
    Optional<TenantCondition> condition(String sql) {
        return conditions.computeIfAbsent(sql, text -> TenantCondition.parse(text, tenantColumn()));
    }

    /** Whether a view's query picks out the rows of whoever asks. */
    boolean picksOutTenant(Relation view) {
        return picking.computeIfAbsent(view.oid(), oid -> ViewQuery.picksOutTenant(view, tenantColumn()));
    }

    static String quoted(Collection<String> names) {
        return names.stream().sorted().map(Identifier::quote).collect(Collectors.joining(", "));
    }

    /** The first few, and how many more there are. */
    static String some(Collection<String> names) {
        List<String> sorted = names.stream().filter(Objects::nonNull).sorted().toList();
        int shown = Math.min(sorted.size(), 5);
        String first = String.join(", ", sorted.subList(0, shown));
        return sorted.size() > shown ? first + " and " + (sorted.size() - shown) + " more" : first;
    }
}
