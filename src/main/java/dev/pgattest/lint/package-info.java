/**
 * Static checks of SQL files. Texts in the order in which they run and settings come in; findings with place, effect and remedy go
 * out. Rules are values in one list; all of them look at one model of the session ({@link dev.pgattest.lint.Session}), which says
 * what is in force and what exists when a statement runs. Nothing is executed.
 */
@NullMarked
package dev.pgattest.lint;

import org.jspecify.annotations.NullMarked;
