package dev.pgattest.postgres;

import dev.pgattest.sql.SecretText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of texts and exceptions.
 *
 * @param secrets the values to hide, none of them empty
 */
record Redaction(List<Secret> secrets) {

    private static final int SHORT = 4;

    Redaction {
        secrets = List.copyOf(secrets);
    }

    /** The text without the secrets, raw or percent-encoded, and without what {@link SecretText} takes for a password. */
    String clean(String text) {
        String result = text;
        for (Secret secret : secrets) {
            result = hide(result, secret.value());
            result = hide(result, URLEncoder.encode(secret.value(), StandardCharsets.UTF_8));
        }
        return SecretText.clean(result);
    }

    /** The exception itself when nothing in its chain tells a secret, otherwise a copy of its message that doesn't. */
    SQLException clean(SQLException exception) {
        if (!tells(exception)) {
            return exception;
        }
        String message = exception.getMessage();
        SQLException copy = new SQLException(
                clean(message == null ? "" : message), exception.getSQLState(), exception.getErrorCode());
        copy.setStackTrace(exception.getStackTrace());
        return copy;
    }

    private boolean tells(@Nullable Throwable exception) {
        for (Throwable each = exception; each != null; each = each.getCause()) {
            String message = each.toString();
            if (!clean(message).equals(message)) {
                return true;
            }
        }
        return false;
    }

    /** A secret of a few letters is hidden only as a whole word: elsewhere it would spell itself out by its gaps. */
    private static String hide(String text, String secret) {
        String quoted = Pattern.quote(secret);
        String pattern = secret.length() < SHORT ? "(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])" : quoted;
        return text.replaceAll(pattern, SecretText.HIDDEN);
    }
}
