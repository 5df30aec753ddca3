/**
 * Comparing runs. Two pieces of evidence come in; whether they can be compared at all, and what became worse, better, new or vanished,
 * goes out. Only buffers and plans decide, never a clock.
 */
@NullMarked
package dev.pgattest.baseline;

import org.jspecify.annotations.NullMarked;
