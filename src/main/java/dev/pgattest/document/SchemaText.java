package dev.pgattest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What one schema object says to a person: its description, examples and types.
 *
 * @param root the whole schema, for its {@code $defs}
 * @param node the schema object; a missing node when there is none
 */
public record SchemaText(JsonNode root, JsonNode node) {

    private static final int LONGEST_VALUE = 60;

    /** Marks a text whose form Java code checks with a better message than a pattern allows. */
    private static final String CHECKED_BY_READER = "x-checked-by-reader";

    /** This schema with its {@code $ref} followed; a description beside the reference wins. */
    private JsonNode keyword(String name) {
        JsonNode own = node.path(name);
        String reference = node.path("$ref").asString("");
        boolean local = own.isMissingNode() && reference.startsWith("#/");
        return local ? new SchemaText(root, root.at(reference.substring(1))).keyword(name) : own;
    }

    boolean isCheckedByReader() {
        return keyword(CHECKED_BY_READER).asBoolean(false);
    }

    SchemaText child(String keyword) {
        return new SchemaText(root, keyword(keyword));
    }

    /** The schema of a key's value. */
    public SchemaText property(String name) {
        return new SchemaText(root, keyword("properties").path(name));
    }

    List<SchemaText> branches(String keyword) {
        List<SchemaText> branches = new ArrayList<>();
        keyword(keyword).forEach(branch -> branches.add(new SchemaText(root, branch)));
        return branches;
    }

    /** The keys that a mapping may have, in the schema's order. */
    public List<String> propertyNames() {
        return List.copyOf(keyword("properties").propertyNames());
    }

    /** The JSON types allowed, in the schema's order; empty when any is. */
    public List<String> types() {
        JsonNode type = keyword("type");
        if (type.isMissingNode()) {
            return branches("oneOf").stream()
                    .flatMap(branch -> branch.types().stream())
                    .distinct()
                    .toList();
        }
        return type.isArray() ? plainTexts(type) : List.of(type.asString());
    }

    /** The values allowed, empty when the schema does not list them. */
    public List<String> allowedValues() {
        return plainTexts(keyword("enum"));
    }

    /** Examples as one would write them. */
    public List<String> examples() {
        return plainTexts(keyword("examples"));
    }

    /** The description, empty when there is none. */
    public String description() {
        return keyword("description").asString("");
    }

    /** What to write, from examples and the first sentence of the description. */
    String remedy() {
        String description = description().split("(?<=\\.)\\s", 2)[0].replaceAll("\\.$", "");
        List<String> examples = examples();
        if (examples.isEmpty()) {
            return description.isEmpty() ? "" : "it is: " + description;
        }
        String example = "write for example `" + examples.get(0) + "`";
        return description.isEmpty() ? example : example + ": " + description;
    }

    private static List<String> plainTexts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(SchemaText::plain)
                .toList();
    }

    /** A JSON value as one would write it in YAML on one line. */
    static String plain(JsonNode value) {
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties().forEach(entry -> entries.add(entry.getKey() + ": " + plain(entry.getValue())));
            return "{" + String.join(", ", entries) + "}";
        }
        return value.isArray() ? "[" + String.join(", ", plainTexts(value)) + "]" : value.asString();
    }

    /** The JSON Schema name of a value's type. */
    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case OBJECT -> "object";
            case ARRAY -> "array";
            default -> "null";
        };
    }

    /** A JSON Schema type in plain words. */
    public static String typeInWords(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "object" -> "keys with values";
            case "array" -> "a list";
            default -> "nothing (null)";
        };
    }

    static String inWords(JsonNode value, String text) {
        String shown = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
        return switch (typeOf(value)) {
            case "string" -> "the text '" + shown.replace("\n", "\\n") + "'";
            case "integer", "number" -> "the number " + shown;
            case "boolean" -> shown;
            case "object" -> "keys with values";
            case "array" -> "a list";
            default -> "nothing (null)";
        };
    }

    static String lastName(JsonPointer pointer) {
        JsonPointer last = pointer;
        while (!last.tail().matches()) {
            last = last.tail();
        }
        return last.getMatchingProperty();
    }
}
