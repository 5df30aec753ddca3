package dev.pgattest.sql;

/** What the grammar makes of a text: its tree, or the place where it stopped. */
public sealed interface ParseResult permits SyntaxTree, SyntaxError {}
