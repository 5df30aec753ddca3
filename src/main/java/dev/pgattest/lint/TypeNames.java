package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Types as text, so that they can be compared and shown. */
final class TypeNames {

    private static final Map<String, String> WORDS = Map.of(
            "int2",
            "smallint",
            "int4",
            "integer",
            "int8",
            "bigint",
            "float4",
            "real",
            "float8",
            "double precision",
            "bool",
            "boolean",
            "bpchar",
            "char");

    private TypeNames() {}

    /**
     * A {@code TypeName} node by the catalog's names ({@code int4}, {@code varchar(20)}, {@code app.status}, {@code text[]}); types
     * of {@code pg_catalog} without their schema.
     */
    static String text(ParseNode typeName) {
        List<String> names = typeName.names("names");
        List<String> shown = names.size() > 1 && names.get(0).equals("pg_catalog") ? names.subList(1, 2) : names;
        String arguments = typeName.list("typmods").stream()
                .map(modifier -> modifier.child("ival").fields().path("ival").asString("0"))
                .collect(Collectors.joining(","));
        return String.join(".", shown)
                + (arguments.isEmpty() ? "" : "(" + arguments + ")")
                + (typeName.list("arrayBounds").isEmpty() ? "" : "[]");
    }

    /** A type as {@link #text} has it, in the words in which SQL usually has it: {@code bigint} for {@code int8}. */
    static String words(String type) {
        int end =
                type.indexOf('(') >= 0 ? type.indexOf('(') : type.indexOf('[') >= 0 ? type.indexOf('[') : type.length();
        String base = type.substring(0, end);
        String word = WORDS.getOrDefault(base, base);
        boolean oneCharacter = base.equals("bpchar") && type.equals("bpchar(1)");
        return oneCharacter ? "char" : word + type.substring(end);
    }

    /** The name without modifiers and brackets. */
    static String base(ParseNode typeName) {
        return text(typeName).replaceFirst("[(\\[].*", "");
    }
}
