package dev.pgattest.workload;

/**
 * A file of SQL.
 *
 * @param path relative to the project's folder, with {@code /} between its parts
 * @param text its whole text
 */
public record SqlFile(String path, String text) {}
