/** Programs that measure pgattest's speed and memory against baselines run beside it; {@code make bench} starts them. No tests. */
@NullMarked
package dev.pgattest.benchmark;

import org.jspecify.annotations.NullMarked;
