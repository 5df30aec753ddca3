/** Folders on disk come in; texts for the core to read go out, and finished files are written so that none is ever half there. */
@NullMarked
package dev.pgattest.files;

import org.jspecify.annotations.NullMarked;
