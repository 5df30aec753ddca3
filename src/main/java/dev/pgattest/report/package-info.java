/** Pure renderers: evidence comes in; text for a terminal, Markdown and XML go out. One place elsewhere writes the files. */
@NullMarked
package dev.pgattest.report;

import org.jspecify.annotations.NullMarked;
