package dev.pgattest.document;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as YAML text. */
final class YamlText {

    /** What is a text in YAML 1.2 and 1.1 without quotes, and needs none for readers either. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}][\\p{L}\\p{N} _./<-]*(?<! )");

    private static final Set<String> NO_TEXTS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private YamlText() {}

    /** A text as a scalar, quoted where it would be read as something else. */
    static String scalar(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !NO_TEXTS.contains(text.toLowerCase(Locale.ROOT));
        return isPlain ? text : JsonNodeFactory.instance.stringNode(text).toString();
    }

    /** An entry of a mapping on lines of its own. */
    static String block(String name, JsonNode value, int indent, int step) {
        StringBuilder block =
                new StringBuilder(" ".repeat(indent)).append(scalar(name)).append(':');
        if (!(value instanceof ObjectNode mapping) || mapping.isEmpty()) {
            String text = value.isString() ? scalar(value.stringValue()) : value.toString();
            return block.append(' ').append(text).append('\n').toString();
        }
        block.append('\n');
        for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
            block.append(block(entry.getKey(), entry.getValue(), indent + step, step));
        }
        return block.toString();
    }
}
