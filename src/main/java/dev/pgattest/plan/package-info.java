/**
 * Query plans: the JSON of {@code EXPLAIN (ANALYZE, BUFFERS, VERBOSE, SETTINGS, FORMAT JSON)} comes in as text, a tree of raw facts
 * ({@link dev.pgattest.plan.ExplainOutput}), what follows from them ({@link dev.pgattest.plan.PlanMetrics}), a shape to compare
 * ({@link dev.pgattest.plan.PlanShape}) and the difference of two plans go out. Judging is not done here.
 */
@NullMarked
package dev.pgattest.plan;

import org.jspecify.annotations.NullMarked;
