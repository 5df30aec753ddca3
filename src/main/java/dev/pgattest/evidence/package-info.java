/**
 * What was measured, and how sure it is: latencies and their exact order-statistic bounds, plans, buffers, sizes, the
 * environment, before and after. Raw measurements come in; records that can be stored, read back and judged go out.
 */
@NullMarked
package dev.pgattest.evidence;

import org.jspecify.annotations.NullMarked;
