package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A share that is written as a percentage, with its sign: {@code 2%} and {@code 0.02} are not told apart without it. */
final class Percentage {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,4})?) ?%");

    private Percentage() {}

    /**
     * Reads {@code 2%} or {@code 2.5 %} as 0.02 or 0.025.
     *
     * @param option that has the text, for the message
     * @throws PgattestException of bad input when it is none
     */
    static double parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            String shown = text.length() <= 20 ? text : text.substring(0, 20) + "…";
            throw PgattestException.badInput(
                    option + ": '" + shown + "' is not a percentage", "write for example 2% or 0.5%");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }
}
