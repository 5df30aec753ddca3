/** Commands of the operating system come in; how they ended and what they printed goes out. */
@NullMarked
package dev.pgattest.process;

import org.jspecify.annotations.NullMarked;
