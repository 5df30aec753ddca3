package dev.pgattest.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of OpenMetrics 1.0 strictly, after the rules of its specification that a collector holds it to: metadata before
 * samples and once, families together, units as the end of names, counters with {@code _total}, escapes, no sample twice, {@code # EOF}.
 */
public final class OpenMetricsText {

    private static final Pattern METADATA = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:[eE][+-]?[0-9]+)?|NaN|[+-]Inf)(?: [0-9.]+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private String family = "";

    private OpenMetricsText() {}

    /** The value of each sample by its name and labels as written, unescaped; fails on what the specification forbids. */
    public static Map<String, Double> samples(String text) {
        OpenMetricsText reader = new OpenMetricsText();
        assertThat(text).endsWith("# EOF\n");
        List<String> lines = text.lines().toList();
        assertThat(lines.subList(0, lines.size() - 1)).doesNotContain("# EOF", "");
        lines.subList(0, lines.size() - 1).forEach(reader::read);
        return reader.samples;
    }

    private void read(String line) {
        Matcher metadata = METADATA.matcher(line);
        if (metadata.matches()) {
            metadata(metadata.group(1), metadata.group(2), metadata.group(3));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        String type = types.getOrDefault(family, "unknown");
        assertThat(name).as(line).isEqualTo(type.equals("counter") ? family + "_total" : family);
        String labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
        Double before = samples.put(name + labels, Double.parseDouble(sample.group(3)));
        assertThat(before).as("twice: " + line).isNull();
    }

    private void metadata(String kind, String name, String rest) {
        if (!name.equals(family)) {
            assertThat(types).as("the samples of a family stand together").doesNotContainKey(name);
            family = name;
            types.put(name, "unknown");
        }
        if (kind.equals("TYPE")) {
            assertThat(rest).isIn("gauge", "counter");
            assertThat(name).doesNotEndWith("_total");
            types.put(name, rest);
        } else if (kind.equals("UNIT")) {
            assertThat(name).endsWith("_" + rest);
        } else {
            assertThat(rest).isNotBlank().doesNotContain("\"\n");
        }
    }

    private static String labels(String text, String line) {
        Set<String> names = new HashSet<>();
        StringBuilder labels = new StringBuilder();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            assertThat(label.find(end) && label.start() == end).as(line).isTrue();
            assertThat(names.add(label.group(1))).as(line).isTrue();
            String value =
                    label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
            labels.append(' ').append(label.group(1)).append('=').append(value);
            end = label.end();
        }
        return labels.toString();
    }
}
