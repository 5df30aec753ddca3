package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the declaration of a column or of a member of a JSON document. */
final class ColumnBinding {

    private static final String DEFAULT_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Map<String, Function<SpecNode, GeneratorSpec>> GENERATORS = generators();

    private ColumnBinding() {}

    static ColumnSpec column(String name, SpecNode node) {
        ColumnType type = node.required("type").parsed(ColumnType::parse, "one of " + ColumnType.KNOWN, ValueType.TEXT);
        return column(name, node, type);
    }

    /** A member: a value as it is, or a generator whose type follows from its values unless it is given. */
    private static ColumnSpec member(String name, SpecNode node) {
        if (node.node().isNull()) {
            return new ColumnSpec(name, ValueType.TEXT, new GeneratorSpec.Constant(""), BigDecimal.ONE, null);
        } else if (node.node().isValueNode()) {
            ColumnType type = ValueType.of(List.of(node.node()));
            return new ColumnSpec(name, type, new GeneratorSpec.Constant(node.text()));
        }
        ColumnType type = node.has("type")
                ? node.child("type").parsed(ColumnType::parse, "one of " + ColumnType.KNOWN, ValueType.TEXT)
                : ValueType.ofGenerator(node.node());
        return column(name, node, type);
    }

    private static ColumnSpec column(String name, SpecNode node, ColumnType type) {
        return new ColumnSpec(name, type, generator(node), node.decimal("null_share", "0"), when(node));
    }

    private static ColumnSpec.@org.jspecify.annotations.Nullable Condition when(SpecNode column) {
        if (!column.has("when")) {
            return null;
        }
        SpecNode when = column.child("when");
        return new ColumnSpec.Condition(
                when.required("column").text(), when.required("is").texts());
    }

    private static GeneratorSpec generator(SpecNode column) {
        List<String> named = column.entries().keySet().stream()
                .filter(GENERATORS::containsKey)
                .toList();
        if (named.size() == 1) {
            String name = named.get(0);
            return GENERATORS.getOrDefault(name, ColumnBinding::constant).apply(column.child(name));
        }
        String known = GENERATORS.keySet().stream().sorted().collect(Collectors.joining(", "));
        column.problems()
                .add(
                        column.path(),
                        named.isEmpty()
                                ? "nothing says what the values are"
                                : "more than one generator: " + String.join(", ", named),
                        "write one of: " + known);
        return new GeneratorSpec.Constant("");
    }

    private static Map<String, Function<SpecNode, GeneratorSpec>> generators() {
        Map<String, Function<SpecNode, GeneratorSpec>> generators = new LinkedHashMap<>();
        generators.put(
                "identifier",
                node -> new GeneratorSpec.Identifier(node.child("prefix").text()));
        generators.put("constant", ColumnBinding::constant);
        generators.put(
                "uniform",
                node -> new GeneratorSpec.Uniform(
                        node.required("min").text(), node.required("max").text()));
        generators.put("choice", ColumnBinding::choice);
        generators.put(
                "zipf", node -> new GeneratorSpec.Zipf(node.required("values").texts(), node.decimal("exponent", "1")));
        generators.put("cycle", node -> new GeneratorSpec.Cycle(node.texts()));
        generators.put("reference", ColumnBinding::reference);
        generators.put("parent", node -> new GeneratorSpec.Parent(node.text()));
        generators.put("column", node -> new GeneratorSpec.Copy(node.text()));
        generators.put("time", ColumnBinding::time);
        generators.put("after", ColumnBinding::after);
        generators.put("ratio", node -> new GeneratorSpec.Ratio());
        generators.put(
                "split",
                node -> new GeneratorSpec.Split(
                        node.required("parent").text(),
                        node.has("by") ? node.child("by").text() : null));
        generators.put("text", node -> new GeneratorSpec.Template(node.text()));
        generators.put("characters", ColumnBinding::characters);
        generators.put("json", ColumnBinding::json);
        generators.put(
                "array",
                node -> new GeneratorSpec.JsonArray(
                        member("of", node.required("of")),
                        node.has("min") ? node.child("min").small() : 0,
                        node.required("max").small()));
        return generators;
    }

    private static GeneratorSpec constant(SpecNode node) {
        return new GeneratorSpec.Constant(node.text());
    }

    private static GeneratorSpec choice(SpecNode node) {
        List<GeneratorSpec.Weighted> values = new ArrayList<>();
        if (node.node().isArray()) {
            node.texts().forEach(value -> values.add(new GeneratorSpec.Weighted(value, BigDecimal.ONE)));
        } else {
            node.entries().forEach((value, weight) -> values.add(new GeneratorSpec.Weighted(value, weight.decimal())));
        }
        return new GeneratorSpec.Choice(values);
    }

    private static GeneratorSpec reference(SpecNode node) {
        List<ShareGroup> shares = new ArrayList<>();
        node.child("shares").elements().forEach(group -> shares.add(shareGroup(group)));
        if (node.has("zipf")) {
            ShareGroup.Decline zipf = new ShareGroup.Decline(
                    ShareGroup.Shape.ZIPF, node.child("zipf").decimal());
            shares.add(new ShareGroup(ShareGroup.Members.ALL, BigDecimal.ONE, zipf));
        }
        return new GeneratorSpec.Reference(
                node.required("table").text(), node.required("column").text(), shares);
    }

    private static ShareGroup shareGroup(SpecNode node) {
        SpecNode members = node.required("members");
        ShareGroup.Members size = members.node().asString("").contains("%")
                ? members.parsed(
                        ColumnBinding::percentage, "a whole number or a percentage such as 10%", ShareGroup.Members.ALL)
                : new ShareGroup.Members(BigDecimal.valueOf(members.whole()), false);
        return new ShareGroup(size, node.required("share").decimal(), decline(node));
    }

    private static Optional<ShareGroup.Members> percentage(String text) {
        return text.matches("\\d{1,3}([.]\\d{1,6})? *%")
                ? Optional.of(new ShareGroup.Members(
                        new BigDecimal(text.replace("%", "").strip()), true))
                : Optional.empty();
    }

    private static ShareGroup.Decline decline(SpecNode group) {
        if (!group.has("decline")) {
            return ShareGroup.Decline.NONE;
        }
        SpecNode decline = group.child("decline");
        if (decline.has("zipf")) {
            return new ShareGroup.Decline(
                    ShareGroup.Shape.ZIPF, decline.child("zipf").decimal());
        }
        return decline.parsed(
                text -> switch (text) {
                    case "none" -> Optional.of(ShareGroup.Decline.NONE);
                    case "linear" -> Optional.of(new ShareGroup.Decline(ShareGroup.Shape.LINEAR, BigDecimal.ONE));
                    case "zipf" -> Optional.of(new ShareGroup.Decline(ShareGroup.Shape.ZIPF, BigDecimal.ONE));
                    default -> Optional.empty();
                },
                "none, linear, zipf or {zipf: <exponent>}",
                ShareGroup.Decline.NONE);
    }

    private static GeneratorSpec time(SpecNode node) {
        GeneratorSpec.Spikes spikes = null;
        if (node.has("spikes")) {
            SpecNode declared = node.child("spikes");
            spikes = new GeneratorSpec.Spikes(
                    declared.required("days").decimal(),
                    declared.required("share").decimal());
        }
        return new GeneratorSpec.Time(
                node.required("from").text(), node.required("days").small(), spikes, node.decimal("weekend", "1"));
    }

    private static GeneratorSpec after(SpecNode node) {
        boolean ofParent = node.has("parent");
        SpecNode base = ofParent ? node.child("parent") : node.required("column");
        if (ofParent && node.has("column")) {
            node.problems().add(node.path(), "'after' has both 'parent' and 'column'", "remove one of them");
        }
        return new GeneratorSpec.After(base.text(), ofParent, delay(node, "min"), delay(node, "max"));
    }

    private static Duration delay(SpecNode node, String key) {
        return node.required(key).parsed(DelayText::parse, DelayText.EXAMPLES, Duration.ZERO);
    }

    private static GeneratorSpec characters(SpecNode node) {
        int min = node.has("length")
                ? node.child("length").small()
                : node.required("min").small();
        int max = node.has("length") ? min : node.required("max").small();
        String alphabet = node.has("alphabet") ? node.child("alphabet").text() : DEFAULT_ALPHABET;
        return new GeneratorSpec.Characters(
                min, max, alphabet, node.child("words").texts());
    }

    private static GeneratorSpec json(SpecNode node) {
        List<ColumnSpec> members = new ArrayList<>();
        node.entries().forEach((key, value) -> members.add(member(key, value)));
        return new GeneratorSpec.Json(members);
    }
}
