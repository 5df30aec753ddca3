/**
 * Judging: plans with their metrics and what the project declares come in, red flags go out, each with the node it names, what it
 * costs and what to do ({@link dev.pgattest.verdict.RedFlagRules}).
 */
@NullMarked
package dev.pgattest.verdict;

import org.jspecify.annotations.NullMarked;
