package dev.pgattest.document;

import com.networknt.schema.Error;
import dev.pgattest.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A validator's errors in words that a user can act on: what was found, what is expected, what to write. */
final class SchemaMessages {

    private final Document document;
    private final JsonNode schema;

    SchemaMessages(Document document, JsonNode schema) {
        this.document = document;
        this.schema = schema;
    }

    Conformance conformance(List<Error> errors) {
        List<Problem> problems = new ArrayList<>();
        Set<String> unsound = new HashSet<>();
        for (Error error : BranchChoice.withoutNoise(errors)) {
            SchemaText rule = rule(error);
            if (error.getKeyword().equals("pattern") && rule.isCheckedByReader()) {
                continue;
            }
            problems.add(problem(error, rule));
            if (!isUnknownKey(error)) {
                unsound.add(instance(error).toString());
            }
        }
        return new Conformance(problems, unsound);
    }

    private Problem problem(Error error, SchemaText rule) {
        JsonPointer pointer = instance(error);
        String property = error.getProperty() == null ? "" : error.getProperty();
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                document.problemWithKey(
                        pointer.appendProperty(property),
                        "unknown key '" + property + "'",
                        Spelling.remedy(property, "keys", rule.propertyNames()));
            case "required" -> missing(pointer, property, rule);
            case "dependentRequired" -> missing(pointer, limit(error), rule);
            case "propertyNames" ->
                document.problemWithKey(
                        pointer.appendProperty(property),
                        "the name '" + property + "' is not allowed here",
                        rule.child("propertyNames").remedy());
            case "enum" -> oneOf(pointer, rule.allowedValues());
            case "const" -> oneOf(pointer, List.of(SchemaText.plain(rule.node().path("const"))));
            case "oneOf", "anyOf" -> choice(error, rule);
            case "uniqueItems" ->
                document.problem(pointer, named(pointer) + " repeats a value", "write each value once");
            default -> document.problem(pointer, wrongValue(error, rule), rule.remedy());
        };
    }

    private String wrongValue(Error error, SchemaText rule) {
        JsonPointer pointer = instance(error);
        return switch (error.getKeyword()) {
            case "type" -> foundAndExpected(pointer, rule.types());
            case "minItems", "minProperties" ->
                named(pointer) + " has " + document.at(pointer).size() + " entries, expected at least " + limit(error);
            case "minimum" -> "found " + found(pointer) + ", expected at least " + limit(error);
            case "exclusiveMinimum" -> "found " + found(pointer) + ", expected more than " + limit(error);
            case "maximum" -> "found " + found(pointer) + ", expected at most " + limit(error);
            case "exclusiveMaximum" -> "found " + found(pointer) + ", expected less than " + limit(error);
            case "minLength" -> named(pointer) + " is an empty text";
            case "pattern" -> found(pointer) + " does not have the form of " + named(pointer);
            default -> named(pointer) + " " + error.getMessage();
        };
    }

    private Problem missing(JsonPointer pointer, String key, SchemaText rule) {
        String owner = pointer.length() == 0 ? "" : " in " + named(pointer);
        SchemaText property = rule.property(key);
        String remedy = property.remedy();
        return document.problem(
                pointer,
                "the key '" + key + "' is missing" + owner,
                remedy.isEmpty() ? "add `" + key + ": ...`" : remedy);
    }

    private Problem oneOf(JsonPointer pointer, List<String> allowed) {
        return document.problem(
                pointer,
                "found " + found(pointer) + ", expected " + (allowed.size() == 1 ? "" : "one of ")
                        + String.join(", ", allowed),
                Spelling.closest(document.text(pointer), allowed)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("write " + String.join(" or ", allowed)));
    }

    /** A value of a kind that no branch has: say which kinds there are. */
    private Problem choice(Error error, SchemaText rule) {
        JsonPointer pointer = instance(error);
        List<SchemaText> branches = rule.branches(error.getKeyword());
        for (String key : document.at(pointer).propertyNames()) {
            List<String> kinds = branches.stream()
                    .map(branch -> branch.property(key).node().path("const"))
                    .filter(kind -> !kind.isMissingNode())
                    .map(SchemaText::plain)
                    .distinct()
                    .toList();
            if (!kinds.isEmpty() && !kinds.contains(document.text(pointer.appendProperty(key)))) {
                return oneOf(pointer.appendProperty(key), kinds);
            }
        }
        List<String> types = branches.stream()
                .flatMap(branch -> branch.types().stream())
                .distinct()
                .toList();
        if (types.contains(SchemaText.typeOf(document.at(pointer))) || types.isEmpty()) {
            return document.problem(pointer, named(pointer) + " has none of the allowed forms", rule.remedy());
        }
        return document.problem(pointer, foundAndExpected(pointer, types), rule.remedy());
    }

    private String foundAndExpected(JsonPointer pointer, List<String> types) {
        List<String> expected =
                types.stream().map(SchemaText::typeInWords).distinct().toList();
        return "found " + found(pointer) + ", expected " + String.join(" or ", expected);
    }

    private String found(JsonPointer pointer) {
        return SchemaText.inWords(document.at(pointer), document.text(pointer));
    }

    private static String named(JsonPointer pointer) {
        return pointer.length() == 0 ? "the file" : "'" + SchemaText.lastName(pointer) + "'";
    }

    private static boolean isUnknownKey(Error error) {
        return error.getKeyword().equals("additionalProperties")
                || error.getKeyword().equals("unevaluatedProperties");
    }

    private static String limit(Error error) {
        return String.valueOf(error.getArguments()[0]);
    }

    private static JsonPointer instance(Error error) {
        return JsonPointer.compile(error.getInstanceLocation().toString());
    }

    /** The schema object that holds the keyword which failed. */
    private SchemaText rule(Error error) {
        JsonPointer keyword =
                JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
        JsonPointer holder = keyword.head();
        return new SchemaText(schema, holder == null ? schema : schema.at(holder));
    }
}
