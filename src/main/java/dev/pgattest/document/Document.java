package dev.pgattest.document;

import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A YAML file as a JSON tree whose every value has a place.
 *
 * <p>Integers are exact, decimals are {@link java.math.BigDecimal}, dates are text as YAML 1.2 has it; {@link #text} gives
 * a scalar as the user wrote it ({@code 1e3}, {@code 007}), which is what goes to a database.
 */
public final class Document {

    private final String file;
    private final JsonNode root;
    private final Map<String, Mark> marks;

    /**
     * What is known of one value.
     *
     * @param key place of its key, of the value itself in a list
     * @param value place of its first character
     * @param text a scalar's text without quotes; null for mappings and lists
     */
    record Mark(Place key, Place value, @Nullable String text) {}

    Document(String file, JsonNode root, Map<String, Mark> marks) {
        this.file = file;
        this.root = root;
        this.marks = new LinkedHashMap<>(marks);
    }

    /** Reads YAML text; a syntax error, a repeated key or a root that is no mapping is a problem with its place. */
    public static Result<Document> parse(String file, String text) {
        return new YamlReader(file).read(text);
    }

    /** Reads a YAML file's bytes, which must be UTF-8. */
    public static Result<Document> parse(String file, byte[] bytes) {
        return Utf8.decode(file, bytes).then(text -> parse(file, text));
    }

    /** The file's path as messages show it. */
    public String file() {
        return file;
    }

    /** The root mapping. */
    public JsonNode root() {
        return root;
    }

    /** The value at {@code pointer}; a missing node when there is none. */
    public JsonNode at(JsonPointer pointer) {
        return root.at(pointer);
    }

    /**
     * Where to point for a value: a scalar's first character, the key of a mapping or list, because their text starts lines
     * later. A pointer to nothing gives its nearest parent.
     */
    public Place placeOf(JsonPointer pointer) {
        Mark mark = nearest(pointer);
        return mark.text() == null ? mark.key() : mark.value();
    }

    /** The place of the key that holds a value; the value's own place in a list. */
    public Place placeOfKey(JsonPointer pointer) {
        return nearest(pointer).key();
    }

    /** A scalar as written, without its quotes; empty for null, mappings, lists and pointers to nothing. */
    public String text(JsonPointer pointer) {
        Mark mark = marks.get(pointer.toString());
        String text = mark == null ? null : mark.text();
        return text == null || at(pointer).isNull() ? "" : text;
    }

    /**
     * The values at a pointer as one line: equal for equal values, whatever their layout, quotes, comments and order of keys.
     *
     * @param leftOut keys of the mapping at the pointer that do not count
     */
    public String canonical(JsonPointer pointer, Set<String> leftOut) {
        JsonNode node = at(pointer);
        if (node.isObject()) {
            return node.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(key -> !leftOut.contains(key))
                    .sorted()
                    .map(key -> quoted(key) + ":" + canonical(pointer.appendProperty(key), Set.of()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return IntStream.range(0, node.size())
                    .mapToObj(index -> canonical(pointer.appendIndex(index), Set.of()))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.isNull() || node.isMissingNode() ? "null" : quoted(text(pointer));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    /** A problem at {@link #placeOf}. */
    public Problem problem(JsonPointer pointer, String message, String remedy) {
        return problem(placeOf(pointer), message, remedy);
    }

    /** A problem at {@link #placeOfKey}. */
    public Problem problemWithKey(JsonPointer pointer, String message, String remedy) {
        return problem(placeOfKey(pointer), message, remedy);
    }

    private Problem problem(Place place, String message, String remedy) {
        return new Problem(file, place.line(), place.column(), message, remedy);
    }

    private Mark nearest(JsonPointer pointer) {
        for (JsonPointer p = pointer; p != null; p = p.head()) {
            Mark mark = marks.get(p.toString());
            if (mark != null) {
                return mark;
            }
        }
        return new Mark(Place.START, Place.START, null);
    }
}
