package dev.pgattest.postgres;

import dev.pgattest.sql.Literal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a row that is to be made.
 *
 * @param name its name
 * @param type as SQL writes it
 * @param baseType of a domain, what it is made of; otherwise the type
 * @param category {@code pg_type.typcategory} of the base type
 * @param labels of an enum
 * @param defaultText its default as SQL; null for none
 * @param domainChecks of a domain, conditions on {@code VALUE}
 */
record RowColumn(
        String name,
        String type,
        String baseType,
        String category,
        List<String> labels,
        @Nullable String defaultText,
        List<String> domainChecks) {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,15}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,10})?");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> WHOLE_TYPES = Set.of("smallint", "integer", "bigint", "oid");
    private static final long LARGEST_SMALLINT = 32_767;
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** Texts that meet what columns are often checked for. */
    private static final List<String> USUAL = List.of(
            "a",
            "A",
            "abc",
            "ABC",
            "USD",
            "AB",
            "en",
            "1",
            "0000",
            "a1",
            "a_b",
            "a-b",
            "x@example.com",
            "https://example.com/",
            "example.com",
            "+15550100",
            "2024-01-01",
            "1.0.0",
            "en-US",
            "AB12",
            "10115",
            "#aabbcc",
            "127.0.0.1",
            DIGEST.substring(0, 32),
            DIGEST.substring(0, 40),
            DIGEST,
            "sha256:" + DIGEST,
            "00000000-0000-4000-8000-000000000000",
            "{}",
            "");

    RowColumn {
        labels = List.copyOf(labels);
        domainChecks = List.copyOf(domainChecks);
    }

    /**
     * Values to choose from, as SQL, the likeliest first.
     *
     * @param number one that no other row has
     * @param constants that stand in the conditions on the column
     */
    List<String> candidates(int number, Collection<String> constants) {
        Set<String> values = new LinkedHashSet<>();
        switch (category) {
            case "N" -> numbers(number, constants).forEach(values::add);
            case "S" -> {
                values.add("pgattest-" + number);
                values.add("pgattest" + number + "@example.com");
                values.addAll(constants);
                values.addAll(USUAL);
            }
            case "E" -> values.addAll(labels);
            case "B" -> values.addAll(List.of("true", "false"));
            case "D" -> days(number, constants).forEach(values::add);
            case "T" -> values.addAll(List.of(number + " hours", "1 day"));
            case "A" -> values.add("{}");
            case "R" -> values.add("empty");
            case "I" -> values.add("10.0." + (number / 250) % 250 + "." + number % 250);
            default -> other(number, constants).forEach(values::add);
        }
        return values.stream().map(this::cast).toList();
    }

    /** A value of the base type; a domain's conditions are looked at apart. */
    String cast(String text) {
        return "cast(" + Literal.quote(text) + " as " + baseType + ")";
    }

    private List<String> numbers(int number, Collection<String> constants) {
        boolean whole = WHOLE_TYPES.contains(baseType);
        // A small one is rarely too much for what triggers add up.
        Set<String> values = new LinkedHashSet<>(List.of("1", String.valueOf(number)));
        if (!whole) {
            values.add("0.5");
        }
        for (String constant : constants) {
            if (WHOLE.matcher(constant).matches()) {
                long value = Long.parseLong(constant);
                values.addAll(List.of(constant, String.valueOf(value + 1), String.valueOf(value - 1)));
            } else if (!whole && NUMBER.matcher(constant).matches()) {
                values.add(constant);
            }
        }
        values.addAll(List.of("0", "2", "10", "100", "-1"));
        return values.stream()
                .filter(value -> !baseType.equals("smallint") || Math.abs(Long.parseLong(value)) <= LARGEST_SMALLINT)
                .filter(value -> !baseType.startsWith("numeric(") || fits(value))
                .toList();
    }

    /** Whether a number has no more digits before the point than the type. */
    private boolean fits(String value) {
        String sizes = baseType.substring("numeric(".length(), baseType.length() - 1);
        int comma = sizes.indexOf(',');
        int room = comma < 0
                ? Integer.parseInt(sizes)
                : Integer.parseInt(sizes.substring(0, comma)) - Integer.parseInt(sizes.substring(comma + 1));
        String digits = value.replaceAll("\\..*", "").replaceAll("^[+-]?0*", "");
        return digits.length() <= room;
    }

    private static List<String> days(int number, Collection<String> constants) {
        List<String> values = new ArrayList<>();
        values.add("2024-01-01");
        constants.stream().filter(constant -> DAY.matcher(constant).matches()).forEach(values::add);
        values.add("20" + (10 + number % 80) + "-02-03");
        values.add("1999-12-31");
        return values;
    }

    private List<String> other(int number, Collection<String> constants) {
        if (baseType.equals("uuid")) {
            List<String> values = new ArrayList<>();
            values.add(String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", 0x5eed0000 + number, number));
            constants.stream()
                    .filter(constant -> UUID.matcher(constant).matches())
                    .forEach(values::add);
            return values;
        }
        if (baseType.startsWith("json")) {
            return List.of("{\"number\": " + number + "}", "{}", "[]", "[{}]", "\"a\"", "1");
        }
        if (baseType.equals("bytea")) {
            return List.of(String.format(Locale.ROOT, "\\x%08x", number));
        }
        if (baseType.equals("xml")) {
            return List.of("<a/>");
        }
        if (category.equals("V")) {
            return List.of("1");
        }
        return category.equals("G") ? List.of("(0,0)", "((0,0),(1,1))") : List.of("");
    }
}
