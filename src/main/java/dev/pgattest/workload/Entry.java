package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Conformance;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A value of a document while it is read. What is missing or has the wrong shape reads as absent, because the schema has
 * reported it; so reading goes on and finds every other problem.
 */
final class Entry {

    private final Document document;
    private final Conformance conformance;
    private final List<Problem> problems;
    private final JsonPointer pointer;
    private final String name;

    private Entry(
            Document document, Conformance conformance, List<Problem> problems, JsonPointer pointer, String name) {
        this.document = document;
        this.conformance = conformance;
        this.problems = problems;
        this.pointer = pointer;
        this.name = name;
    }

    /** The root of a document; departures from its schema go to {@code problems}, and so do later ones. */
    static Entry root(Document document, DocumentSchema schema, List<Problem> problems) {
        Conformance conformance = schema.check(document);
        problems.addAll(conformance.problems());
        return new Entry(document, conformance, problems, JsonPointer.empty(), "");
    }

    /** The key that holds the value. */
    String name() {
        return name;
    }

    Entry at(String key) {
        return new Entry(document, conformance, problems, pointer.appendProperty(key), key);
    }

    /** The values of a mapping in declared order; none for anything else. */
    List<Entry> children() {
        List<Entry> children = new ArrayList<>();
        if (node().isObject()) {
            node().propertyNames().forEach(key -> children.add(at(key)));
        }
        return children;
    }

    List<String> names() {
        return children().stream().map(Entry::name).toList();
    }

    boolean exists() {
        return !node().isMissingNode();
    }

    boolean isMapping() {
        return node().isObject();
    }

    boolean isNull() {
        return node().isNull();
    }

    /** A scalar as the user wrote it; empty when it is absent, null, no scalar or of the wrong shape. */
    Optional<String> text() {
        JsonNode node = node();
        boolean scalar = node.isValueNode() && !node.isNull() && !node.isMissingNode();
        return scalar && conformance.isSound(pointer) ? Optional.of(document.text(pointer)) : Optional.empty();
    }

    String textOr(String otherwise) {
        return text().orElse(otherwise);
    }

    /** The texts of a list; none for anything else. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        if (node().isArray() && conformance.isSound(pointer)) {
            for (int i = 0; i < node().size(); i++) {
                texts.add(document.text(pointer.appendIndex(i)));
            }
        }
        return texts;
    }

    /** The values of a list, each with its place; none for anything else. */
    List<Entry> elements() {
        List<Entry> elements = new ArrayList<>();
        if (node().isArray() && conformance.isSound(pointer)) {
            for (int i = 0; i < node().size(); i++) {
                elements.add(new Entry(document, conformance, problems, pointer.appendIndex(i), name));
            }
        }
        return elements;
    }

    int integerOr(int otherwise) {
        return number().map(BigDecimal::intValue).orElse(otherwise);
    }

    Optional<BigDecimal> number() {
        return node().isNumber() && conformance.isSound(pointer)
                ? Optional.of(node().decimalValue())
                : Optional.empty();
    }

    boolean flagOr(boolean otherwise) {
        return node().isBoolean() ? node().booleanValue() : otherwise;
    }

    /** What {@code parse} makes of the text; its problems are placed here. */
    <T> Optional<T> parsed(Function<String, Result<T>> parse) {
        return text().flatMap(text -> accepted(parse.apply(text)));
    }

    /** The value of a result; problems without a file are placed here, others keep their place. */
    <T> Optional<T> accepted(Result<T> result) {
        result.problems().forEach(problem -> problems.add(problem.file().isEmpty() ? placed(problem) : problem));
        return result.problems().isEmpty() ? Optional.of(result.orThrow()) : Optional.empty();
    }

    private Problem placed(Problem problem) {
        return document.problem(pointer, problem.message(), problem.remedy());
    }

    void reject(String message, String remedy) {
        problems.add(document.problem(pointer, message, remedy));
    }

    /** Like {@link #reject}, pointing to the key. */
    void rejectKey(String message, String remedy) {
        problems.add(document.problemWithKey(pointer, message, remedy));
    }

    private JsonNode node() {
        return document.at(pointer);
    }
}
