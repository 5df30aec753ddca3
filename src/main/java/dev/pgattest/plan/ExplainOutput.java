package dev.pgattest.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code EXPLAIN (FORMAT JSON)} printed for one statement.
 *
 * @param root the topmost node
 * @param planning what planning took
 * @param execution what running took; without {@code ANALYZE} its parts are absent
 * @param settings planner settings that differ from their defaults, by name; empty without {@code SETTINGS}
 * @param queryIdentifier the identifier of {@code pg_stat_statements}; null when not computed
 * @param other every further key, unread
 */
public record ExplainOutput(
        PlanNode root,
        Planning planning,
        Execution execution,
        SortedMap<String, String> settings,
        @Nullable String queryIdentifier,
        Map<String, Object> other) {

    /**
     * What planning took.
     *
     * @param millis null without {@code SUMMARY}
     * @param buffers blocks touched while planning, apart from those of the nodes
     */
    public record Planning(@Nullable Double millis, Buffers buffers) {}

    /**
     * What running took.
     *
     * @param millis null without {@code ANALYZE}
     * @param jit null when nothing was compiled
     * @param triggers in PostgreSQL's order
     * @param serialization null without {@code SERIALIZE} (PostgreSQL 17 and later)
     */
    public record Execution(
            @Nullable Double millis,
            @Nullable Jit jit,
            List<Trigger> triggers,
            @Nullable Serialization serialization) {

        public Execution {
            triggers = List.copyOf(triggers);
        }
    }

    /** Just-in-time compilation: functions compiled, and milliseconds for all of it (0 with {@code TIMING OFF}). */
    public record Jit(long functions, double totalMillis) {}

    /**
     * A trigger that fired.
     *
     * @param constraint the constraint that the trigger checks; null for a trigger of the user
     * @param relation null when PostgreSQL left it out
     * @param millis total over calls, 0 with {@code TIMING OFF}
     */
    public record Trigger(
            String name,
            @Nullable String constraint,
            @Nullable String relation,
            double millis,
            long calls) {}

    /** Turning rows into the wire format: milliseconds (0 with {@code TIMING OFF}), output in kilobytes, blocks touched. */
    public record Serialization(String format, double millis, long outputKilobytes, Buffers buffers) {}

    public ExplainOutput {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /** All nodes, parents before children. */
    public Stream<PlanNode> nodes() {
        return root.stream();
    }

    /**
     * The node at {@code path}.
     *
     * @throws IllegalArgumentException when the plan has no such node
     */
    public PlanNode node(String path) {
        return nodes().filter(node -> node.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no node " + path));
    }

    /** Whether the statement was run ({@code ANALYZE}), not only planned. */
    public boolean analyzed() {
        return root.number(PlanKey.ACTUAL_LOOPS).isPresent();
    }
}
