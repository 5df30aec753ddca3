package dev.pgattest.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that the user probably meant. */
public final class Spelling {

    private Spelling() {}

    /**
     * The known word nearest to {@code word} ignoring case, empty when none is near: at most one third of its letters,
     * and at least one, may differ.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit)
                .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * A remedy for an unknown word: the closest known one, then all of them in the given order.
     *
     * @param kind what the words are, in the plural: {@code keys}
     */
    public static String remedy(String word, String kind, Collection<String> known) {
        if (known.isEmpty()) {
            return "there are no known " + kind + " here: remove it";
        }
        String all = "known " + kind + ": " + String.join(", ", known);
        return closest(word, known)
                .map(near -> "did you mean '" + near + "'? " + all)
                .orElse(all);
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) that turn one into the other. */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
