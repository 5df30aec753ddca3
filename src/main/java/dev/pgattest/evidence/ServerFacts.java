package dev.pgattest.evidence;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The server that evidence was measured on.
 *
 * @param version the server's version number as text, such as {@code 18.6}
 * @param build the server's own description of itself: version, platform, compiler
 * @param settings effective settings by name, in the server's own units ({@code 128MB}, {@code on}); sorted
 */
public record ServerFacts(String version, String build, SortedMap<String, String> settings) {

    public ServerFacts {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
}
