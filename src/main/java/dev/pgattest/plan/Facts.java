package dev.pgattest.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reading of raw facts: maps from key to text, {@link BigDecimal}, truth value, list or map, as the parser builds them. A value of
 * another type than asked for reads as absent; the parser has already rejected wrong types of the keys that matter.
 */
final class Facts {

    private Facts() {}

    static Optional<String> text(Map<String, Object> facts, String key) {
        return facts.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static OptionalDouble number(Map<String, Object> facts, String key) {
        return facts.get(key) instanceof BigDecimal number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    static boolean isTrue(Map<String, Object> facts, String key) {
        return Boolean.TRUE.equals(facts.get(key));
    }

    static List<String> texts(Map<String, Object> facts, String key) {
        List<String> texts = new ArrayList<>();
        if (facts.get(key) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    static Map<String, Object> group(Map<String, Object> facts, String key) {
        return asGroup(facts.get(key));
    }

    static List<Map<String, Object>> groups(Map<String, Object> facts, String key) {
        List<Map<String, Object>> groups = new ArrayList<>();
        if (facts.get(key) instanceof List<?> values) {
            values.forEach(value -> groups.add(asGroup(value)));
        }
        return groups;
    }

    @SuppressWarnings("unchecked") // the parser builds maps with text keys only
    private static Map<String, Object> asGroup(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
