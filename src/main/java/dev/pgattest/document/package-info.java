/**
 * Text of the user's YAML files comes in; a {@link dev.pgattest.document.Document} that knows the place of every key and
 * value goes out, or {@link dev.pgattest.Problem}s that name the place, what was found and what to write instead.
 */
@NullMarked
package dev.pgattest.document;

import org.jspecify.annotations.NullMarked;
