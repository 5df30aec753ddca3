package dev.pgattest.verdict;

import dev.pgattest.Severity;
import dev.pgattest.plan.NodeMetrics;
import dev.pgattest.plan.PlanNode;
import dev.pgattest.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rule at work on one plan: gives it its thresholds and collects its flags. Lives as long as one check. */
final class Inspection {

    private final RedFlagRule rule;
    private final RedFlagContext context;
    private final RedFlagSettings.RuleSettings settings;
    private final List<RedFlag> flags = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    Inspection(RedFlagRule rule, RedFlagContext context, RedFlagSettings.RuleSettings settings) {
        this.rule = rule;
        this.context = context;
        this.settings = settings;
    }

    RedFlagContext context() {
        return context;
    }

    double threshold(String key) {
        Double set = settings.thresholds().get(key);
        if (set != null) {
            return set;
        }
        return rule.thresholds().stream()
                .filter(threshold -> threshold.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(rule.id() + " declares no threshold " + key))
                .defaultValue();
    }

    /** Nodes that ran and are of one of {@code types}, in plan order. */
    List<PlanNode> executed(String... types) {
        return executed(node -> List.of(types).contains(node.nodeType()));
    }

    /** Nodes that ran and fit, in plan order. */
    List<PlanNode> executed(Predicate<PlanNode> fits) {
        return nodes().filter(PlanNode::executed).filter(fits).toList();
    }

    private Stream<PlanNode> nodes() {
        return context.plan().nodes();
    }

    /** Scans of relations that ran, in plan order. */
    List<Scan> executedScans() {
        return context.metrics().scans().stream()
                .filter(scan -> node(scan.path()).executed())
                .toList();
    }

    PlanNode node(String path) {
        return context.plan().node(path);
    }

    NodeMetrics metrics(PlanNode node) {
        return context.metrics().node(node.path());
    }

    /** Shared blocks that the node itself touched. */
    long touched(PlanNode node) {
        return metrics(node).exclusiveBuffers().shared().touched();
    }

    /** Pages of the relation; when its size is not known, the blocks that one execution of the scan touched. */
    double pages(Scan scan) {
        RedFlagContext.TableSize size = context.sizeOf(scan);
        PlanNode node = node(scan.path());
        double executions = Math.max(1, node.loops() / metrics(node).processes());
        return size == null ? touched(node) / executions : size.pages();
    }

    void flag(@Nullable PlanNode node, String message, String remedy) {
        flag(rule.severity(), node, message, remedy);
    }

    void flag(Severity severity, @Nullable PlanNode node, String message, String remedy) {
        Severity effective = Objects.requireNonNullElse(settings.severity(), severity);
        RedFlag.Place place = Optional.ofNullable(node).map(RedFlag.Place::of).orElse(null);
        flags.add(new RedFlag(rule.id(), effective, place, message, remedy));
    }

    /** Remembers why a part of the plan could not be judged. */
    void notApplicable(String reason) {
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    /** Flags win over reasons, reasons over silence: a rule that could not judge all it should is not clear. */
    RedFlagOutcome outcome() {
        if (!flags.isEmpty()) {
            return new RedFlagOutcome.Raised(flags);
        }
        return reasons.isEmpty()
                ? new RedFlagOutcome.Clear()
                : new RedFlagOutcome.NotApplicable(String.join("; ", reasons));
    }
}
