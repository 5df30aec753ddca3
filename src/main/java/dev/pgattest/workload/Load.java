package dev.pgattest.workload;

import org.jspecify.annotations.Nullable;

/**
 * How often a query runs.
 *
 * @param frequency null when nothing is said
 * @param concurrency executions at the same time, at least 1
 */
public record Load(@Nullable Frequency frequency, int concurrency) {}
