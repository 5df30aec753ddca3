/** What tests of several packages share. */
@NullMarked
package dev.pgattest.testing;

import org.jspecify.annotations.NullMarked;
