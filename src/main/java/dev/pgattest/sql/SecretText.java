package dev.pgattest.sql;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Takes passwords out of texts: messages, connection strings, SQL that is not parsed. */
public final class SecretText {

    /** What stands for a password. */
    public static final String HIDDEN = "***";

    /** In free text other words than these are nearly always about something else. */
    private static final String WORDS = "(?:\\w*password|passwd|passcode)";

    private static final String NAMES = "(?:\\w*(?:password|passwd|secret|token)|passcode)";

    /** {@code password ''...''} inside a string. */
    private static final Pattern NESTED_LITERAL = Pattern.compile("(?i)(\\b" + WORDS + "\\s*=?\\s*)''(?!')[^']+''");

    /** {@code password '...'}, whether or not it is closed: texts are cut off. */
    private static final Pattern LITERAL = Pattern.compile("(?i)(\\b" + WORDS + "\\s*=?\\s*)[eE]?'(?:[^']|'')*'?");

    /** {@code password=...} of a connection string, or of a URL's query. */
    private static final Pattern KEYWORD = Pattern.compile("(?i)(\\b" + WORDS + "\\s*=\\s*)(?!['*])[^\\s'\";&)]+");

    /** {@code ://user:password@}. */
    private static final Pattern URL = Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]*://[^\\s:/@']*:)[^\\s@/']+(?=@)");

    private static final Pattern HINT = Pattern.compile("(?i)" + NAMES + "|://");

    private static final Pattern NAME = Pattern.compile("(?i)" + NAMES);

    private SecretText() {}

    /** The text without what may be a password. */
    public static String clean(String text) {
        return applied(
                text,
                List.of(
                        each -> NESTED_LITERAL.matcher(each).replaceAll("$1''" + HIDDEN + "''"),
                        each -> LITERAL.matcher(each).replaceAll("$1'" + HIDDEN + "'"),
                        SecretText::cleanConstant));
    }

    /** A constant's text without the passwords of connection strings and of statements in it. */
    static String cleanConstant(String constant) {
        return applied(
                constant,
                List.of(
                        each -> NESTED_LITERAL.matcher(each).replaceAll("$1''" + HIDDEN + "''"),
                        each -> KEYWORD.matcher(each).replaceAll("$1" + HIDDEN),
                        each -> URL.matcher(each).replaceAll("$1" + HIDDEN)));
    }

    private static String applied(String text, List<UnaryOperator<String>> steps) {
        String result = text;
        for (UnaryOperator<String> step : steps) {
            result = step.apply(result);
        }
        return result;
    }

    /** Whether a closer look is worth while. */
    static boolean mayBeIn(String text) {
        return HINT.matcher(text).find();
    }

    /** Whether what has that name is a secret. */
    static boolean isSecret(String name) {
        return NAME.matcher(name).matches();
    }
}
