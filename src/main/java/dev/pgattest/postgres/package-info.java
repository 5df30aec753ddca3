/**
 * The only package that speaks JDBC. Connection strings, statements and model values come in; rows, facts about the
 * server and {@link dev.pgattest.PgattestException} go out. A {@code SQLException} never leaves it.
 */
@NullMarked
package dev.pgattest.postgres;

import org.jspecify.annotations.NullMarked;
