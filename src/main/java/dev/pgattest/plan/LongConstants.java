package dev.pgattest.plan;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shortens constants in plans. A custom plan repeats its parameters, and an array of them can be longer than all else in the evidence;
 * what is left out changes nothing of a plan's shape.
 */
public final class LongConstants {

    /** Characters of a constant that stay whole. */
    static final int WHOLE = 1_000;

    private static final int SHOWN = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LongConstants() {}

    /** A plan in EXPLAIN's JSON format with its long constants shortened; the same text where there are none. */
    public static String inJson(String json) {
        if (json.length() < WHOLE || shortened(json).length() == json.length()) {
            return json;
        }
        JsonNode tree = JSON.readTree(json);
        shorten(tree);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    }

    /** Text with its long constants shortened: {@code 'abc…' (1234 characters)}. */
    public static String shortened(String text) {
        StringBuilder shortened = new StringBuilder();
        int copied = 0;
        for (int start = text.indexOf('\''); start >= 0; start = text.indexOf('\'', copied)) {
            int end = end(text, start + 1);
            int length = end - start - 1;
            if (length > WHOLE) {
                int cut = start + 1 + SHOWN;
                shortened
                        .append(text, copied, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut)
                        .append("…' (")
                        .append(length)
                        .append(" characters)");
            } else {
                shortened.append(text, copied, Math.min(end + 1, text.length()));
            }
            copied = Math.min(end + 1, text.length());
        }
        return shortened.append(text, copied, text.length()).toString();
    }

    /** Where a constant that begins at {@code from} has its closing quote; two quotes are one of its characters. */
    private static int end(String text, int from) {
        int quote = text.indexOf('\'', from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '\'') {
            quote = text.indexOf('\'', quote + 2);
        }
        return quote < 0 ? text.length() : quote;
    }

    private static void shorten(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (entry.getValue().isString()) {
                    object.put(entry.getKey(), shortened(entry.getValue().stringValue()));
                } else {
                    shorten(entry.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isString()) {
                    array.set(
                            i,
                            JSON.getNodeFactory()
                                    .stringNode(shortened(array.get(i).stringValue())));
                } else {
                    shorten(array.get(i));
                }
            }
        }
    }
}
