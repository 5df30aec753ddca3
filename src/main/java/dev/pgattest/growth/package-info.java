/**
 * How figures grow with the size of the data: measured points come in, a model with its largest deviation and the size at which a
 * latency objective breaks go out. Sizes are factors of a chosen scale.
 */
@NullMarked
package dev.pgattest.growth;

import org.jspecify.annotations.NullMarked;
