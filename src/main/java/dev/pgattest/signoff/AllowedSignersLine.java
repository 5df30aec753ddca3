package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one line: {@code principals [options] type key [comment]}. */
final class AllowedSignersLine {

    private static final Pattern PRINCIPALS = Pattern.compile("(?:\"([^\"]*)\"|([^\\s\"]+))[ \\t]+(.*)");
    private static final Pattern OPTION =
            Pattern.compile("([A-Za-z-]+)(?:=\"((?:[^\"\\\\]|\\\\.)*)\")?(?:,|[ \\t]+|$)");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?(Z?)");
    private static final List<String> WITH_VALUE = List.of("namespaces", "valid-after", "valid-before");
    private static final String FORM = "write for example `payments namespaces=\"pgattest\" ssh-ed25519 AAAA...`";

    private final int number;
    private final ZoneId zone;
    private final List<Problem> problems = new ArrayList<>();

    AllowedSignersLine(int number, ZoneId zone) {
        this.number = number;
        this.zone = zone;
    }

    Result<AllowedSigners.Entry> read(String line) {
        Matcher start = PRINCIPALS.matcher(line);
        if (!start.matches()) {
            return Result.rejected(Problem.ofInput("the line has principals and nothing else", FORM));
        }
        String principals = start.group(1) == null ? start.group(2) : start.group(1);
        String rest = start.group(3);
        Map<String, String> options = new HashMap<>();
        if (!isKey(rest)) {
            rest = options(rest, options);
        }
        String[] words = rest.strip().split("[ \\t]+", 3);
        Result<SshPublicKey> key = words.length < 2
                ? Result.rejected(Problem.ofInput("the line has no key", FORM))
                : SshPublicKey.parse(words[0], words[1]);
        Instant after = time(options.get("valid-after"));
        Instant before = time(options.get("valid-before"));
        problems.addAll(problems.isEmpty() ? key.problems() : List.of());
        return problems.isEmpty()
                ? Result.of(new AllowedSigners.Entry(
                        number, principals, key.orThrow(), options.get("namespaces"), after, before))
                : Result.rejected(problems);
    }

    private static boolean isKey(String text) {
        String word = text.split("[ \\t]+", 2)[0];
        return !word.contains("=") && !word.contains(",") && !word.equalsIgnoreCase("cert-authority");
    }

    /** Reads options separated by commas; gives what follows them. */
    private String options(String text, Map<String, String> options) {
        Matcher option = OPTION.matcher(text);
        int end = 0;
        boolean more = true;
        while (more && option.region(end, text.length()).lookingAt()) {
            String name = option.group(1).toLowerCase(Locale.ROOT);
            note(name, option.group(2), options);
            end = option.end();
            more = text.charAt(end - 1) == ',';
        }
        if (end == 0 || more) {
            problems.add(Problem.ofInput("the options cannot be read", FORM));
            return "";
        }
        return text.substring(end);
    }

    private void note(String name, @Nullable String value, Map<String, String> options) {
        if (name.equals("cert-authority")) {
            problems.add(Problem.ofInput(
                    "certificates (cert-authority) are not supported", "name the key of each owner itself"));
        } else if (!WITH_VALUE.contains(name)) {
            problems.add(Problem.ofInput("unknown option '" + name + "'", "known: " + String.join(", ", WITH_VALUE)));
        } else if (value == null) {
            problems.add(Problem.ofInput(
                    "the option '" + name + "' has no value in double quotes",
                    "write for example " + name + "=\"...\""));
        } else if (options.put(name, value.replaceAll("\\\\(.)", "$1")) != null) {
            problems.add(Problem.ofInput("the option '" + name + "' is repeated", "write it once"));
        }
    }

    private @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            try {
                LocalDateTime local = LocalDateTime.of(
                        field(time, 1), field(time, 2), field(time, 3), field(time, 4), field(time, 5), field(time, 6));
                return local.atZone(time.group(7).isEmpty() ? zone : ZoneOffset.UTC)
                        .toInstant();
            } catch (DateTimeException e) {
                // 20260230 has the form of a time and is none.
            }
        }
        problems.add(Problem.ofInput(
                "'" + text + "' is not a time", "write YYYYMMDD or YYYYMMDDHHMM[SS], with a Z behind it for UTC"));
        return null;
    }

    private static int field(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
