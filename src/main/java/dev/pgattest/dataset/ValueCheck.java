package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JsonPointer;

/** What is wrong with the declared values of a column that stands on its own. */
final class ValueCheck {

    private static final long MOST_CHOICES = 1L << 62;
    private static final int MOST_DAYS = 36_525;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final BigDecimal MOST_EXPONENT = BigDecimal.TEN;

    private final ColumnSpec column;
    private final ColumnType type;
    private final JsonPointer at;
    private final ProblemList problems;

    private ValueCheck(ColumnSpec column, JsonPointer at, ProblemList problems) {
        this.column = column;
        this.type = column.type();
        this.at = at;
        this.problems = problems;
    }

    static void of(ColumnSpec column, GeneratorSpec generator, JsonPointer at, ProblemList problems) {
        ValueCheck check = new ValueCheck(column, at, problems);
        if (generator instanceof GeneratorSpec.Identifier identifier) {
            check.identifier(identifier);
        } else if (generator instanceof GeneratorSpec.Uniform uniform) {
            check.uniform(uniform);
        } else if (generator instanceof GeneratorSpec.Constant constant) {
            check.values(List.of(constant.value()));
        } else if (generator instanceof GeneratorSpec.Cycle cycle) {
            check.values(cycle.values());
        } else if (generator instanceof GeneratorSpec.Choice choice) {
            check.choice(choice);
        } else if (generator instanceof GeneratorSpec.Zipf zipf) {
            check.values(zipf.values());
            exponent(zipf.exponent(), at.appendProperty("exponent"), problems);
        } else if (generator instanceof GeneratorSpec.Template template) {
            check.needs(check.isFreeText(), "text or varchar(n)");
            check.fits(template.text().replace("{row}", "1").length(), template.text());
            check.noZeroCharacter(template.text());
        } else if (generator instanceof GeneratorSpec.Characters characters) {
            check.characters(characters);
        } else if (generator instanceof GeneratorSpec.Time time) {
            check.time(time);
        }
    }

    static void needs(boolean fits, ColumnSpec column, JsonPointer at, String types, ProblemList problems) {
        if (!fits) {
            problems.add(
                    at,
                    "'" + GeneratorName.of(column.generator()) + "' makes no values of type "
                            + column.type().sql(),
                    "it needs " + types);
        }
    }

    static void exponent(BigDecimal exponent, JsonPointer at, ProblemList problems) {
        if (exponent.signum() <= 0 || exponent.compareTo(MOST_EXPONENT) > 0) {
            problems.add(
                    at, "exponent " + exponent.toPlainString(), "write a number above 0 and up to 10, such as 1.1");
        }
    }

    private void identifier(GeneratorSpec.Identifier identifier) {
        needs(
                isFreeText() || type.isInteger() || type.kind() == ColumnType.Kind.UUID,
                "uuid, smallint, integer, bigint, text or varchar(n)");
        if (isFreeText()) {
            fits(identifier.prefix().length() + 16, identifier.prefix());
            noZeroCharacter(identifier.prefix());
        } else if (!identifier.prefix().isEmpty()) {
            problems.add(
                    at.appendProperty("prefix"),
                    "a prefix of an identifier of type " + type.sql(),
                    "remove it, or write 'type: text'");
        }
    }

    private void uniform(GeneratorSpec.Uniform uniform) {
        boolean fits = type.isNumber() && type.kind() != ColumnType.Kind.BOOLEAN;
        needs(fits, "a number, a date or a timestamp");
        if (!fits || !accepted(uniform.min(), "min") || !accepted(uniform.max(), "max")) {
            return;
        }
        long min = type.number(uniform.min()).orElseThrow();
        long max = type.number(uniform.max()).orElseThrow();
        if (min > max) {
            problems.add(at, "min " + uniform.min() + " is more than max " + uniform.max(), "exchange them");
        } else if (max - min < 0 || max - min >= MOST_CHOICES) {
            problems.add(
                    at,
                    "a range from " + uniform.min() + " to " + uniform.max(),
                    "choose a range of less than 2^62 values");
        }
    }

    private void choice(GeneratorSpec.Choice choice) {
        values(choice.values().stream().map(GeneratorSpec.Weighted::value).toList());
        BigDecimal sum = BigDecimal.ZERO;
        for (GeneratorSpec.Weighted weighted : choice.values()) {
            sum = sum.add(weighted.weight());
            if (weighted.weight().signum() < 0) {
                problems.add(
                        at,
                        "weight " + weighted.weight().toPlainString() + " of '" + weighted.value() + "'",
                        "write a weight of at least 0");
            }
        }
        if (!choice.values().isEmpty() && sum.signum() <= 0) {
            problems.add(at, "the weights sum to " + sum.toPlainString(), "give one value a weight of more than 0");
        }
    }

    private void values(List<String> values) {
        if (type.isJson()) {
            needs(false, "a type that is not JSON; write a document with 'json'");
            return;
        }
        if (values.isEmpty()) {
            problems.add(at, "no values", "write at least one value");
        }
        values.forEach(value -> accepted(value, ""));
    }

    private boolean accepted(String value, String key) {
        if (type.kind() == ColumnType.Kind.COPIED || !type.accepts(value)) {
            problems.add(
                    key.isEmpty() ? at : at.appendProperty(key),
                    "'" + value + "' is no " + type.sql(),
                    "write " + example());
            return false;
        }
        return true;
    }

    private String example() {
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT -> "a whole number within the type's range";
            case NUMERIC ->
                "a number of at most " + type.length() + " digits, " + type.scale() + " of them after the point";
            case DOUBLE -> "a number of at most 6 digits after the point";
            case BOOLEAN -> "true or false";
            case DATE -> "a day such as 2024-01-31";
            case TIMESTAMP -> "a time such as 2024-01-31T12:00:00";
            case TIMESTAMPTZ -> "a time with its zone such as 2024-01-31T12:00:00Z";
            case UUID -> "an identifier such as 00000000-0000-4000-8000-000000000000";
            case VARCHAR -> "at most " + type.length() + " characters";
            default -> "text without a zero character";
        };
    }

    private void characters(GeneratorSpec.Characters characters) {
        needs(isFreeText(), "text or varchar(n)");
        if (characters.min() < 0 || characters.min() > characters.max() || characters.max() > MOST_CHARACTERS) {
            problems.add(
                    at,
                    "from " + characters.min() + " to " + characters.max() + " characters",
                    "let min be at least 0 and not more than max, and max at most " + MOST_CHARACTERS);
        }
        if (characters.words().isEmpty() && characters.alphabet().isEmpty()) {
            problems.add(at.appendProperty("alphabet"), "an empty alphabet", "write its letters, or remove it");
        }
        noZeroCharacter(characters.alphabet());
        characters.words().forEach(this::noZeroCharacter);
        fits(characters.max(), characters.max() + " characters");
    }

    private void time(GeneratorSpec.Time time) {
        needs(type.isTime(), "date, timestamp or timestamptz");
        if (!time.from().matches("\\d{4}-\\d\\d-\\d\\d([T ]00:00(:00)?(Z|[+]00(:00)?)?)?")
                || new ColumnType(ColumnType.Kind.DATE, 0, 0)
                        .number(time.from().substring(0, 10))
                        .isEmpty()) {
            problems.add(
                    at.appendProperty("from"),
                    "'" + time.from() + "' is not the start of a day in UTC",
                    "write a day such as 2024-01-01");
        }
        if (time.days() < 1 || time.days() > MOST_DAYS) {
            problems.add(at.appendProperty("days"), time.days() + " days", "write a number from 1 to " + MOST_DAYS);
            return;
        }
        if (time.weekend().compareTo(new BigDecimal("0.001")) < 0
                || time.weekend().compareTo(BigDecimal.valueOf(1000)) > 0) {
            problems.add(
                    at.appendProperty("weekend"),
                    "weekend " + time.weekend().toPlainString(),
                    "write the volume of a Saturday relative to a Friday, from 0.001 to 1000, for example 0.6");
        }
        if (time.spikes() != null) {
            spikes(time.spikes(), time.days());
        }
    }

    private void spikes(GeneratorSpec.Spikes spikes, int days) {
        JsonPointer place = at.appendProperty("spikes");
        fraction(spikes.days(), place.appendProperty("days"));
        fraction(spikes.share(), place.appendProperty("share"));
        if (spikes.share().compareTo(BigDecimal.ONE) < 0 && DayVolumes.spikeDays(spikes, days) >= days) {
            problems.add(
                    place,
                    "all of the " + days + " days are spikes, so no day is left for the other rows",
                    "choose fewer days for the spikes, or more days");
        }
    }

    private void fraction(BigDecimal value, JsonPointer place) {
        if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) > 0) {
            problems.add(place, "fraction " + value.toPlainString(), "write a number above 0 and up to 1, such as 0.2");
        }
    }

    private boolean isFreeText() {
        return type.kind() == ColumnType.Kind.TEXT || type.kind() == ColumnType.Kind.VARCHAR;
    }

    private void fits(int characters, String what) {
        if (type.kind() == ColumnType.Kind.VARCHAR && characters > type.length()) {
            problems.add(
                    at,
                    "'" + what + "' makes values of " + characters + " characters for " + type.sql(),
                    "make them shorter");
        }
    }

    private void noZeroCharacter(String text) {
        if (text.indexOf('\0') >= 0) {
            problems.add(at, "text with a zero character, which PostgreSQL can't store", "remove the character");
        }
    }

    private void needs(boolean fits, String types) {
        needs(fits, column, at, types, problems);
    }
}
