/**
 * Load as arithmetic: rates come in, times of arrival go out; latencies by round come in, percentiles with bounds and verdicts go out.
 * Nothing here waits, or knows a server.
 */
@NullMarked
package dev.pgattest.load;

import org.jspecify.annotations.NullMarked;
