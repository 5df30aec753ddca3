package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy of row-level security.
 *
 * @param name its name
 * @param command {@code all}, {@code select}, {@code insert}, {@code update}, {@code delete}; empty when it is not known
 * @param permissive whether it admits rows; else it restricts what others admit
 * @param roles names of the roles that it is for; empty for all
 * @param reads its USING; a node that is not present for none
 * @param writes its WITH CHECK; a node that is not present for none
 */
record Policy(String name, String command, boolean permissive, Set<String> roles, ParseNode reads, ParseNode writes) {

    /** Functions that look at their arguments or the clock and at nothing that tells who calls. */
    private static final Set<String> IMPARTIAL = Set.of(
            "abs",
            "age",
            "array_length",
            "btrim",
            "cardinality",
            "clock_timestamp",
            "date_part",
            "date_trunc",
            "extract",
            "length",
            "lower",
            "now",
            "random",
            "statement_timestamp",
            "transaction_timestamp",
            "upper");

    private static final Set<String> USERS =
            Set.of("SVFOP_CURRENT_ROLE", "SVFOP_CURRENT_USER", "SVFOP_USER", "SVFOP_SESSION_USER");

    Policy {
        roles = Set.copyOf(roles);
    }

    /** The policy that a {@code CreatePolicyStmt} makes, or that an {@code AlterPolicyStmt} leaves of one of the others. */
    static Policy of(ParseNode node, List<ParseNode> others) {
        ParseNode known = node.is("AlterPolicyStmt")
                ? others.stream()
                        .filter(each -> each.text("policy_name").equals(node.text("policy_name")))
                        .findFirst()
                        .orElse(node)
                : node;
        return new Policy(
                node.text("policy_name"),
                known.text("cmd_name"),
                known.flag("permissive") || !known.is("CreatePolicyStmt"),
                roles(node.has("roles") ? node : known),
                node.has("qual") ? node.child("qual") : known.child("qual"),
                node.has("with_check") ? node.child("with_check") : known.child("with_check"));
    }

    private static Set<String> roles(ParseNode node) {
        return node.list("roles").stream()
                .map(role -> role.text("rolename"))
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What lets rows in that are not the writer's; empty for nothing. */
    Optional<String> flaw(List<ParseNode> others) {
        // Of a policy that no file has made, only a WITH CHECK tells that it is about writing.
        boolean readsOnly = command.isEmpty() && !writes.isPresent();
        if (readsOnly || command.equals("select") || command.equals("delete")) {
            return Optional.empty();
        }
        if (command.equals("insert") && !writes.isPresent()) {
            return Optional.of(
                    permissive
                            ? "FOR INSERT has no WITH CHECK: it admits no row"
                            : "FOR INSERT has no WITH CHECK: it restricts nothing");
        }
        ParseNode decides = writes.isPresent() ? writes : reads;
        boolean wide = permissive && decides.isPresent() && !asksWho(decides);
        boolean meant = !roles.isEmpty() && !(reads.isPresent() && asksWho(reads)) && !limitsSameRole(others);
        if (!wide || meant) {
            return Optional.empty();
        }
        return Optional.of(
                writes.isPresent()
                        ? "lets rows in by a WITH CHECK that does not ask who is writing"
                        : "lets rows in by its USING, which has no WITH CHECK beside it and does not always ask who is writing");
    }

    /** Whether another policy limits one of these roles by name, which this one then undoes. */
    private boolean limitsSameRole(List<ParseNode> others) {
        return others.stream()
                .map(each -> of(each, List.of()))
                .filter(each -> each.permissive && !each.name.equals(name))
                .filter(each -> each.roles.stream().anyMatch(roles::contains))
                .anyMatch(each -> asksWho(each.writes.isPresent() ? each.writes : each.reads));
    }

    /** Whether a condition depends on who asks in each of its alternatives; one that is never true does not let anything through. */
    static boolean asksWho(ParseNode condition) {
        List<ParseNode> parts = condition.list("args");
        if (condition.is("BoolExpr")) {
            return switch (condition.text("boolop")) {
                case "AND_EXPR" -> parts.stream().anyMatch(Policy::asksWho);
                case "OR_EXPR" -> parts.stream().allMatch(Policy::asksWho);
                default -> parts.stream().anyMatch(Policy::asksWho);
            };
        }
        if (condition.constant().filter("false"::equals).isPresent()) {
            return true;
        }
        boolean impartial = condition.all("SubLink", "ParamRef").isEmpty()
                && condition.all("FuncCall").stream()
                        .map(call -> call.names("funcname"))
                        .allMatch(name -> IMPARTIAL.contains(name.get(name.size() - 1)))
                && condition.all("SQLValueFunction").stream().noneMatch(each -> USERS.contains(each.text("op")));
        return !impartial;
    }
}
