package dev.pgattest.playbook;

import dev.pgattest.sql.Literal;
import java.time.Duration;

/** Texts as psql reads them. */
final class PsqlText {

    private PsqlText() {}

    /** One argument of a command of psql, which reads escapes in quotes and nothing else. */
    static String argument(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '\'' -> quoted.append("''");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(character);
            }
        }
        return quoted.append('\'').toString();
    }

    /** A comment of one line, whatever is in the text. */
    static String comment(String text) {
        return "-- " + text.replaceAll("\\R", " ");
    }

    /** A block that does nothing but fail. */
    static String failure(String message, String hint) {
        String body = "begin raise exception using message = " + Literal.quote(message) + ", hint = "
                + Literal.quote(hint) + "; end";
        String tag = "$pgattest$";
        for (int number = 1; body.contains(tag); number++) {
            tag = "$pgattest_" + number + "$";
        }
        return "do " + tag + body + tag + ";";
    }

    /** A time as a setting's value, without quotes: {@code 2s}, {@code 10min}, {@code 0}. */
    static String time(Duration duration) {
        long ms = duration.toMillis();
        if (ms == 0) {
            return "0";
        }
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "min";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
