package dev.pgattest.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One node of a plan: what PostgreSQL said about it and nothing derived. Figures are as printed; see {@link PlanKey} for which are
 * means over loops and which are totals, and {@link PlanMetrics} for totals.
 *
 * @param path place in the tree, stable for equal plans: the root is {@code 0}, its second child {@code 0.1}
 * @param facts every key but {@code Plans}, known or not, in PostgreSQL's order; values are texts, {@link java.math.BigDecimal},
 *     truth values, lists and maps
 * @param children nodes below, in PostgreSQL's order: init plans first, then inputs, then sub plans
 */
public record PlanNode(String path, Map<String, Object> facts, List<PlanNode> children) {

    public PlanNode {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        children = List.copyOf(children);
    }

    /** What the node does, as PostgreSQL names it: {@code Seq Scan}, {@code Hash Join}, ... */
    public String nodeType() {
        return text(PlanKey.NODE_TYPE).orElse("");
    }

    /** The value of a text key; empty when the node has none. */
    public Optional<String> text(PlanKey key) {
        return Facts.text(facts, key.keyName());
    }

    /** The value of a number key; empty when the node has none, which is not the same as 0. */
    public OptionalDouble number(PlanKey key) {
        return Facts.number(facts, key.keyName());
    }

    /** Whether a truth key is present and true. */
    public boolean isTrue(PlanKey key) {
        return Facts.isTrue(facts, key.keyName());
    }

    /** The values of a list key; empty when the node has none. */
    public List<String> texts(PlanKey key) {
        return Facts.texts(facts, key.keyName());
    }

    /** The facts in a group key; empty when the node has none. */
    public Map<String, Object> group(PlanKey key) {
        return Facts.group(facts, key.keyName());
    }

    /** What each parallel worker reported of its own; empty without {@code VERBOSE} or without workers. */
    public List<Map<String, Object>> workers() {
        return Facts.groups(facts, PlanKey.WORKERS.keyName());
    }

    /** The node's own figure and those of its workers, added up; for keys that PostgreSQL prints for the leader and each worker. */
    public double sumOverWorkers(PlanKey key) {
        return number(key).orElse(0)
                + workers().stream()
                        .mapToDouble(
                                worker -> Facts.number(worker, key.keyName()).orElse(0))
                        .sum();
    }

    /** Executions over all processes; 0 when never executed or when the plan holds estimates only. */
    public double loops() {
        return number(PlanKey.ACTUAL_LOOPS).orElse(0);
    }

    /** Whether the node ran at least once. */
    public boolean executed() {
        return loops() > 0;
    }

    /** Blocks that the node and its children touched, in total. */
    public Buffers buffers() {
        return Buffers.of(facts);
    }

    /** Whether this is the root of a query that its parent runs at most once: an init plan or a common table expression. */
    public boolean isInitPlan() {
        return text(PlanKey.PARENT_RELATIONSHIP).filter("InitPlan"::equals).isPresent();
    }

    /** Whether this is the root of a query that its parent runs again and again. */
    public boolean isSubPlan() {
        return text(PlanKey.PARENT_RELATIONSHIP).filter("SubPlan"::equals).isPresent();
    }

    /** The nodes that feed rows into this one: its children without init plans and sub plans. */
    public List<PlanNode> inputs() {
        return children.stream()
                .filter(child -> !child.isInitPlan() && !child.isSubPlan())
                .toList();
    }

    /** The input of a join that is run for each row of the other, or hashed; empty when the node is no join. */
    public Optional<PlanNode> innerInput() {
        return children.stream()
                .filter(child -> child.text(PlanKey.PARENT_RELATIONSHIP)
                        .filter("Inner"::equals)
                        .isPresent())
                .findFirst();
    }

    /** This node and all below, parents before children. */
    public Stream<PlanNode> stream() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::stream));
    }

    /** What the node is and works on, as {@code EXPLAIN} prints it: {@code Index Scan using orders_pkey on orders o}. */
    public String label() {
        return NodeLabel.of(this);
    }
}
