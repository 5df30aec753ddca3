package dev.pgattest.document;

import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Composed YAML nodes to a JSON tree and the place of each value; collects what JSON has no room for. */
final class NodeReader {

    /** Aliases may repeat a subtree, nested ones exponentially ("billion laughs"): this bounds what they expand to. */
    private static final int MOST_VALUES = 100_000;

    private static final int LARGEST_EXPONENT = 400;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final Map<String, Document.Mark> marks = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Deque<Node> open = new ArrayDeque<>();
    private int values;

    NodeReader(String file) {
        this.file = file;
    }

    Result<Document> read(Node root) {
        JsonNode json = value(root, JsonPointer.empty(), null);
        return problems.isEmpty() ? Result.of(new Document(file, json, marks)) : Result.rejected(problems);
    }

    private JsonNode value(Node node, JsonPointer pointer, @Nullable Node key) {
        if (++values > MOST_VALUES) {
            if (values == MOST_VALUES + 1) {
                add(node, "the file expands to more than " + MOST_VALUES + " values", "use fewer aliases (`*name`)");
            }
            return JSON.nullNode();
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : null;
        Place place = YamlReader.place(node.getStartMark());
        Place keyPlace = key == null ? place : YamlReader.place(key.getStartMark());
        marks.put(pointer.toString(), new Document.Mark(keyPlace, place, text));
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (open.contains(node)) {
            add(node, "the alias makes the value contain itself", "write the value out");
            return JSON.nullNode();
        }
        open.push(node);
        JsonNode json = node instanceof MappingNode mapping
                ? mapping(mapping, pointer)
                : sequence((SequenceNode) node, pointer);
        open.pop();
        return json;
    }

    private JsonNode sequence(SequenceNode node, JsonPointer pointer) {
        rejectTag(node, Tag.SEQ);
        ArrayNode array = JSON.arrayNode();
        for (Node item : node.getValue()) {
            array.add(value(item, pointer.appendIndex(array.size()), null));
        }
        return array;
    }

    private JsonNode mapping(MappingNode node, JsonPointer pointer) {
        rejectTag(node, Tag.MAP);
        ObjectNode object = JSON.objectNode();
        Map<String, Node> seen = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                add(entry.getKeyNode(), "a key is a mapping or a list", "write a text as key");
                continue;
            }
            String name = key.getValue();
            if (key.isPlain() && name.equals("<<")) {
                add(key, "the merge key '<<' is not part of YAML 1.2", "write the merged keys out");
                continue;
            }
            Node first = seen.putIfAbsent(name, key);
            if (first != null) {
                int line = YamlReader.place(first.getStartMark()).line();
                add(key, "the key '" + name + "' is repeated; it is first on line " + line, "remove or rename one");
                continue;
            }
            object.set(name, value(entry.getValueNode(), pointer.appendProperty(name), key));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        try {
            if (tag.equals(Tag.STR)) {
                return JSON.stringNode(text);
            }
            if (tag.equals(Tag.NULL)) {
                return JSON.nullNode();
            }
            if (tag.equals(Tag.BOOL)) {
                return JSON.booleanNode(text.equalsIgnoreCase("true"));
            }
            if (tag.equals(Tag.INT)) {
                return integer(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return decimal(node, text);
            }
        } catch (NumberFormatException e) {
            add(node, "'" + text + "' is not the number that its tag says", "remove the tag");
            return JSON.nullNode();
        }
        rejectTag(node, Tag.STR);
        return JSON.nullNode();
    }

    private static JsonNode integer(String text) {
        if (text.startsWith("0o")) {
            return JSON.numberNode(new BigInteger(text.substring(2), 8));
        }
        if (text.startsWith("0x")) {
            return JSON.numberNode(new BigInteger(text.substring(2), 16));
        }
        BigInteger value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    private JsonNode decimal(ScalarNode node, String text) {
        if (text.endsWith("inf") || text.endsWith("Inf") || text.endsWith("INF") || text.equalsIgnoreCase(".nan")) {
            add(node, "'" + text + "' is not a finite number", "write a number with digits, or put the text in quotes");
            return JSON.nullNode();
        }
        BigDecimal value = new BigDecimal(text);
        // A small text may name a number of a billion digits; whoever widens it would run out of memory.
        if (Math.abs((long) value.precision() - value.scale()) > LARGEST_EXPONENT) {
            add(
                    node,
                    "the number " + text + " is too large or too small",
                    "write at most " + LARGEST_EXPONENT + " digits");
            return JSON.nullNode();
        }
        return JSON.numberNode(value);
    }

    private void rejectTag(Node node, Tag allowed) {
        if (!node.getTag().equals(allowed)) {
            add(node, "the tag " + node.getTag().getValue() + " is not allowed", "remove the tag");
        }
    }

    private void add(Node node, String message, String remedy) {
        Place place = YamlReader.place(node.getStartMark());
        problems.add(new Problem(file, place.line(), place.column(), message, remedy));
    }
}
