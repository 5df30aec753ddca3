package dev.pgattest.sql;

/**
 * A file of SQL.
 *
 * @param path as the user knows it, with {@code /} between its parts
 * @param text its whole text
 */
public record SqlFile(String path, String text) {}
