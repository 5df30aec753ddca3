/** What another program finds in the same databases, and why pgattest finds something else. */
@NullMarked
package dev.pgattest.comparison;

import org.jspecify.annotations.NullMarked;
