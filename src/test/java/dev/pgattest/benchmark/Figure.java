package dev.pgattest.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One measured figure, printed as one line of JSON.
 *
 * @param name what was measured
 * @param unit unit of value and baseline
 * @param values one a round
 * @param baselines one a round, measured in the same round; empty when the figure stands alone
 * @param bar most that the ratio, or without a baseline the value, may be
 * @param facts what else a reader needs to know
 */
record Figure(
        String name, String unit, List<Double> values, List<Double> baselines, double bar, Map<String, Object> facts) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The quotients of each round's value and baseline, ascending; they cancel what slows down a whole round. */
    private double[] ratios() {
        double[] ratios = new double[baselines.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values.get(i) / baselines.get(i);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    /** Prints the line. */
    @SuppressWarnings("SystemOut") // the output of a program
    void print() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put("value", rounded(median(values)));
        line.put("unit", unit);
        double judged = median(values);
        if (!baselines.isEmpty()) {
            double[] ratios = ratios();
            judged = median(Arrays.stream(ratios).boxed().toList());
            line.put("baseline", rounded(median(baselines)));
            line.put("ratio", rounded(judged));
            line.put("ratio_low", rounded(ratios[0]));
            line.put("ratio_high", rounded(ratios[ratios.length - 1]));
        }
        if (bar < Double.MAX_VALUE) {
            line.put("bar", bar);
            line.put("pass", judged <= bar);
        }
        line.put("rounds", values.size());
        line.putAll(facts);
        line.put("machine", machine());
        System.out.println(JSON.writeValueAsString(line));
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d cores, %s, Java %s",
                runtime.availableProcessors(),
                System.getProperty("os.arch"),
                Runtime.version());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
