/**
 * An index plan and the indexes of a database come in, with what measuring says of their use; findings about what differs, what is
 * superfluous and what is missing go out. Nothing here asks a server.
 */
@NullMarked
package dev.pgattest.drift;

import org.jspecify.annotations.NullMarked;
