package dev.pgattest.lint;

/**
 * Which part of the input made an object.
 *
 * @param file ordinal of the file
 * @param transaction ordinal of the transaction
 */
record Origin(int file, int transaction) {}
