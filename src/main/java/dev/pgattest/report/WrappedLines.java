package dev.pgattest.report;

import java.util.ArrayList;
import java.util.List;

/** A text cut at spaces into lines of at most so many characters; a word that is longer stays whole. */
final class WrappedLines {

    private WrappedLines() {}

    /**
     * The lines of a text, at least one.
     *
     * @param width most characters a line
     * @param first what the first line begins with
     * @param following what the others begin with
     */
    static List<String> of(int width, String first, String following, String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        String lead = first;
        while (lead.length() + rest.length() > width) {
            int cut = rest.lastIndexOf(' ', width - lead.length());
            if (cut <= 0) {
                break;
            }
            lines.add(lead + rest.substring(0, cut));
            rest = rest.substring(cut + 1);
            lead = following;
        }
        lines.add(lead + rest);
        return lines;
    }
}
