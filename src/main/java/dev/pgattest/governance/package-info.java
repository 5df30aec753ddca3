/**
 * The rules by which queries and indexes go into production: a project's declarations, its stored evidence and the owners'
 * sign-offs come in; what has changed since the evidence, and each item of the readiness list with what it still lacks, go out.
 */
@NullMarked
package dev.pgattest.governance;

import org.jspecify.annotations.NullMarked;
