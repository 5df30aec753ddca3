package dev.pgattest.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What generators are called in a file. */
final class GeneratorName {

    /** Those that need a column of their own, because others are computed from them or they from the table's rows. */
    static final Set<String> ONLY_IN_COLUMNS = Set.of("time", "after", "ratio", "split");

    private static final Map<Class<? extends GeneratorSpec>, String> DIFFERENT = Map.of(
            GeneratorSpec.Template.class, "text",
            GeneratorSpec.Copy.class, "column",
            GeneratorSpec.JsonArray.class, "array");

    private GeneratorName() {}

    static String of(GeneratorSpec generator) {
        return DIFFERENT.getOrDefault(
                generator.getClass(), generator.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
}
