/**
 * One class for each verb of the user: joins the pure core with the adapters. Requests come in, evidence and results go
 * out; nothing here prints or exits. Whoever embeds pgattest calls these classes.
 */
@NullMarked
package dev.pgattest.pipeline;

import org.jspecify.annotations.NullMarked;
