/**
 * How a live database is doing. What its catalog and its counters said at one moment comes in
 * ({@link dev.pgattest.health.HealthSnapshot}); findings with their remedies and figures for monitoring go out
 * ({@link dev.pgattest.health.HealthReport}). Nothing here asks a server or a clock.
 */
@NullMarked
package dev.pgattest.health;

import org.jspecify.annotations.NullMarked;
