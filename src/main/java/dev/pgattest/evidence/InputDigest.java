package dev.pgattest.evidence;

import java.util.Comparator;

/**
 * What a run read of the project's files, so that a later change shows.
 *
 * @param file path in the project's folder
 * @param part which values of a YAML file, such as {@code queries.Q1}; empty for the whole of a file
 * @param sha256 of the file's text with line feeds as line ends, or of the values, whatever their layout
 */
public record InputDigest(String file, String part, String sha256) implements Comparable<InputDigest> {

    private static final Comparator<InputDigest> ORDER =
            Comparator.comparing(InputDigest::file).thenComparing(InputDigest::part);

    @Override
    public int compareTo(InputDigest other) {
        return ORDER.compare(this, other);
    }

    /** The file, and which part of it. */
    public String name() {
        return part.isEmpty() ? file : file + ": " + part;
    }
}
