package dev.pgattest.dataset;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text for one value of the declaration's records, the same on every JDK: {@code toString} of a record promises no format. Walking
 * the components by reflection can't forget one that is added later.
 */
final class CanonicalText {

    private final StringBuilder text = new StringBuilder();

    private CanonicalText() {}

    static String of(Object value) {
        CanonicalText canonical = new CanonicalText();
        canonical.append(value);
        return canonical.text.toString();
    }

    private void append(@Nullable Object value) {
        if (value instanceof Record structure) {
            append(structure);
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(element -> {
                append(element);
                text.append(',');
            });
            text.append(']');
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
            sorted.forEach((key, entry) -> {
                append(key);
                text.append(':');
                append(entry);
                text.append(',');
            });
        } else if (value instanceof String string) {
            text.append(string.length()).append('"').append(string).append('"');
        } else if (value instanceof BigDecimal number) {
            text.append(number.stripTrailingZeros().toPlainString());
        } else {
            text.append(value);
        }
    }

    private void append(Record structure) {
        text.append(structure.getClass().getSimpleName()).append('(');
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            text.append(component.getName()).append('=');
            try {
                append(component.getAccessor().invoke(structure));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the records of a declaration are readable here", e);
            }
            text.append(';');
        }
        text.append(')');
    }
}
