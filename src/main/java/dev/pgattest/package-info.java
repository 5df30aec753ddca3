/**
 * The words that every package shares: what is wrong with the user's input ({@link dev.pgattest.Problem}) and where
 * ({@link dev.pgattest.Place}), how a command
 * fails ({@link dev.pgattest.PgattestException}) and how it ends ({@link dev.pgattest.ExitCode}). Nothing comes in; every
 * other package may depend on this one and this one depends on none.
 */
@NullMarked
package dev.pgattest;

import org.jspecify.annotations.NullMarked;
