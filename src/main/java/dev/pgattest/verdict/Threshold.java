package dev.pgattest.verdict;

/**
 * A number that a project may set for a rule.
 *
 * @param key as in the project file
 * @param unit what the number counts: {@code pages}, {@code rows}, {@code share} (0 to 1), {@code ms}, {@code times}, ...
 * @param defaultValue without a setting
 * @param meaning one phrase, for the documentation
 */
public record Threshold(String key, String unit, double defaultValue, String meaning) {}
