/** The command line: arguments come in, a pipeline runs, text and an exit code go out. The only package that prints or exits. */
@NullMarked
package dev.pgattest.cli;

import org.jspecify.annotations.NullMarked;
