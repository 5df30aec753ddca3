package dev.pgattest;

import dev.pgattest.document.SchemaText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Renders JSON Schemas as the tables of docs/file-formats.md. */
final class FileFormatsPage {

    private final JsonNode schema;
    private final StringBuilder page = new StringBuilder();

    private FileFormatsPage(JsonNode schema) {
        this.schema = schema;
    }

    /** The section of one kind of file: its root, then each of its parts. */
    static String section(String json) {
        return new FileFormatsPage(new JsonMapper().readTree(json)).render();
    }

    private String render() {
        String file = schema.path("title").asString();
        page.append("## ").append(file).append("\n\n");
        page.append(schema.path("description").asString()).append("\n\n");
        table(schema, "");
        schema.path("$defs").properties().forEach(part -> {
            if (part.getValue().path("properties").size() > 0) {
                part(file, part.getValue().path("title").asString(part.getKey()), part.getValue());
            }
        });
        return page.toString();
    }

    private void part(String file, String name, JsonNode part) {
        page.append("### ").append(file).append(": ").append(name).append("\n\n");
        String description = part.path("description").asString("");
        if (!description.isEmpty()) {
            page.append(description).append("\n\n");
        }
        table(part, "");
    }

    private void table(JsonNode part, String prefix) {
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        rows(part, prefix);
        page.append('\n');
    }

    private void rows(JsonNode part, String prefix) {
        List<String> required = texts(part.path("required"));
        for (Map.Entry<String, JsonNode> entry : part.path("properties").properties()) {
            JsonNode value = resolved(entry.getValue());
            page.append("| `").append(prefix).append(entry.getKey()).append("` | ");
            page.append(cell(kind(value))).append(" | ");
            page.append(cell(required.contains(entry.getKey()) ? "required" : standard(value)))
                    .append(" | ");
            page.append(cell(meaning(value))).append(" |\n");
            boolean isInline = !entry.getValue().has("$ref") && value.has("properties");
            if (isInline) {
                rows(value, prefix + entry.getKey() + ".");
            }
            JsonNode each = value.path("additionalProperties");
            if (each.has("properties")) {
                rows(each, prefix + entry.getKey() + ".*.");
            }
        }
        JsonNode others = resolved(part.path("additionalProperties"));
        if (part.has("properties") && others.isObject()) {
            page.append("| any other | ").append(cell(kind(others))).append(" | | ");
            page.append(cell(meaning(others))).append(" |\n");
        }
    }

    /** A schema with its reference followed; what stands beside the reference wins. */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        if (!reference.startsWith("#/")) {
            return node;
        }
        Map<String, JsonNode> merged = new LinkedHashMap<>();
        resolved(schema.at(reference.substring(1))).properties().forEach(e -> merged.put(e.getKey(), e.getValue()));
        node.properties().forEach(e -> merged.put(e.getKey(), e.getValue()));
        return new JsonMapper().valueToTree(merged);
    }

    private String kind(JsonNode value) {
        if (value.has("enum")) {
            return "`" + String.join("`, `", texts(value.path("enum"))) + "`";
        }
        if (value.has("const")) {
            return "`" + value.path("const").asString() + "`";
        }
        JsonNode inner = resolved(value.path("additionalProperties"));
        if (inner.isObject() && !value.has("properties")) {
            return "name: " + inner.path("title").asString(kind(inner));
        }
        if (value.has("items")) {
            return "list of " + kind(resolved(value.path("items")));
        }
        List<String> types = new SchemaText(schema, value)
                .types().stream().map(SchemaText::typeInWords).distinct().toList();
        return types.isEmpty() ? "any of the forms" : String.join(" or ", types);
    }

    private static String standard(JsonNode value) {
        return value.has("default") ? "`" + inYaml(value.path("default")) + "`" : "";
    }

    private static String meaning(JsonNode value) {
        List<String> examples = new ArrayList<>();
        value.path("examples").forEach(example -> examples.add("`" + inYaml(example) + "`"));
        String range = range(value);
        return value.path("description").asString("")
                + (range.isEmpty() ? "" : " " + range)
                + (examples.isEmpty() ? "" : " Example: " + String.join(", ", examples));
    }

    private static String range(JsonNode value) {
        if (value.has("minimum") && value.has("maximum")) {
            return "From " + value.path("minimum").asString() + " to "
                    + value.path("maximum").asString() + ".";
        }
        return value.has("minimum") ? "At least " + value.path("minimum").asString() + "." : "";
    }

    private static String inYaml(JsonNode value) {
        if (value.isObject()) {
            List<String> entries = new ArrayList<>();
            value.properties().forEach(entry -> entries.add(entry.getKey() + ": " + inYaml(entry.getValue())));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(inYaml(item)));
            return "[" + String.join(", ", items) + "]";
        }
        String text = value.asString();
        return text.startsWith(":") ? "\"" + text + "\"" : text;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
