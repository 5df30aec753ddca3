/**
 * What each index earns and costs: what was measured with and without it comes in; verdicts with their reasons and the JSON of the
 * whole go out.
 */
@NullMarked
package dev.pgattest.ledger;

import org.jspecify.annotations.NullMarked;
