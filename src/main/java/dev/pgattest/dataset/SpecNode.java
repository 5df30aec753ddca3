package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A place in the file while it is read. What is missing or of the wrong kind becomes a problem and a harmless value, so that reading
 * goes on and finds the other problems.
 */
record SpecNode(JsonNode node, JsonPointer path, ProblemList problems) {

    boolean has(String key) {
        return node.has(key);
    }

    /** The value of a key; a problem when there is none. */
    SpecNode required(String key) {
        if (!node.has(key)) {
            problems.add(path, "'" + key + "' is missing", "add '" + key + "'");
        }
        return child(key);
    }

    SpecNode child(String key) {
        return new SpecNode(node.path(key), path.appendProperty(key), problems);
    }

    /** The entries of a mapping in declared order. */
    Map<String, SpecNode> entries() {
        Map<String, SpecNode> entries = new LinkedHashMap<>();
        if (!node.isObject() && !node.isMissingNode()) {
            wrong("a mapping of keys to values");
        }
        node.properties().forEach(entry -> entries.put(entry.getKey(), child(entry.getKey())));
        return entries;
    }

    List<SpecNode> elements() {
        List<SpecNode> elements = new ArrayList<>();
        if (!node.isArray() && !node.isMissingNode()) {
            wrong("a list");
        }
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            elements.add(new SpecNode(node.path(i), path.appendIndex(i), problems));
        }
        return elements;
    }

    List<String> texts() {
        return elements().stream().map(SpecNode::text).toList();
    }

    /** A scalar as text: numbers and truth values too. */
    String text() {
        if (node.isMissingNode()) {
            return "";
        }
        if (!node.isValueNode() || node.isNull()) {
            wrong("text");
            return "";
        }
        return node.isNumber() ? node.decimalValue().toPlainString() : node.asString();
    }

    BigDecimal decimal() {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (!node.isMissingNode()) {
            wrong("a number");
        }
        return BigDecimal.ONE;
    }

    BigDecimal decimal(String key, String otherwise) {
        return has(key) ? child(key).decimal() : new BigDecimal(otherwise);
    }

    /** A whole number, which may have underscores between its digits. */
    long whole() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isString() && node.asString().matches("[0-9][0-9_]{0,22}")) {
            String digits = node.asString().replace("_", "");
            if (digits.length() <= 18) {
                return Long.parseLong(digits);
            }
        }
        if (!node.isMissingNode()) {
            wrong("a whole number");
        }
        return 1;
    }

    int small() {
        long value = whole();
        if (value != (int) value) {
            wrong("a whole number of less than 2^31");
            return 1;
        }
        return (int) value;
    }

    /** What {@code parse} makes of the text; a problem that names what was expected when that is nothing. */
    <T> T parsed(java.util.function.Function<String, Optional<T>> parse, String expected, T otherwise) {
        if (node.isMissingNode()) {
            return otherwise;
        }
        Optional<T> value = parse.apply(text());
        if (value.isEmpty()) {
            wrong(expected);
        }
        return value.orElse(otherwise);
    }

    void wrong(String expected) {
        String found = node.isValueNode() ? "'" + node.asString() + "'" : node.isObject() ? "a mapping" : "a list";
        problems.add(path, "found " + found + ", expected " + expected, "write " + expected);
    }
}
