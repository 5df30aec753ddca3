package dev.pgattest.testing;

import dev.pgattest.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Numbers in a Markdown document that come from evidence. They stand between {@code <!-- evidence: WHAT -->} and
 * {@code <!-- /evidence -->}, and WHAT is one of
 *
 * <ul>
 *   <li>{@code FIGURES of CASES}: a table with a row for each case and a column for each state;
 *   <li>{@code FIGURES of CASE in STATE}: the figures alone, inside a sentence;
 *   <li>{@code indexes of TABLE in STATE}: a table of their sizes beside the table's;
 *   <li>{@code scans}: by state, how many scans of the plans go through an index;
 *   <li>{@code growth of CASES}: the objectives' percentiles at every size that was measured;
 *   <li>{@code load of QUERIES}: p95 and verdict of each query in each state while the whole workload runs;
 *   <li>{@code transcript of CASES}: what the terminal showed, cut to these cases.
 * </ul>
 *
 * FIGURES are some of p50, p95, buffers, statements and verdict. CASES are {@code query/case} with {@code *} for anything. A list's parts
 * stand between commas.
 */
public final class EvidenceBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("(<!-- evidence: ([^>]*?) -->)(.*?)(<!-- /evidence -->)", Pattern.DOTALL);

    private static final Pattern IN_STATE = Pattern.compile("(.+) of (.+) in (\\S+)");
    private static final Pattern OF_CASES = Pattern.compile("(.+) of (.+)");

    private final JsonNode evidence;

    private EvidenceBlocks(JsonNode evidence) {
        this.evidence = evidence;
    }

    /** The document with all its blocks as the evidence has them. */
    public static String rewritten(String document, JsonNode evidence) {
        EvidenceBlocks blocks = new EvidenceBlocks(evidence);
        return BLOCK.matcher(document)
                .replaceAll(block -> Matcher.quoteReplacement(block.group(1) + blocks.text(block) + block.group(4)));
    }

    /** How many blocks a document has. */
    public static long count(String document) {
        return BLOCK.matcher(document).results().count();
    }

    private String text(MatchResult block) {
        String what = block.group(2).strip();
        Matcher inState = IN_STATE.matcher(what);
        Matcher ofCases = OF_CASES.matcher(what);
        if (what.equals("scans")) {
            return scans();
        } else if (inState.matches() && inState.group(1).equals("indexes")) {
            return indexes(inState.group(2), state(inState.group(3)));
        } else if (inState.matches()) {
            List<JsonNode> cases = cases(state(inState.group(3)), inState.group(2));
            return figures(inState.group(1), cases.get(0));
        } else if (ofCases.matches() && ofCases.group(1).equals("transcript")) {
            Predicate<JsonNode> shown = isOneOf(ofCases.group(2));
            return "\n```\n" + EvidenceTranscript.of(evidence, shown) + "```\n";
        } else if (ofCases.matches() && ofCases.group(1).equals("growth")) {
            return growth(ofCases.group(2));
        } else if (ofCases.matches() && ofCases.group(1).equals("load")) {
            return load(ofCases.group(2));
        } else if (ofCases.matches()) {
            return figureTable(ofCases.group(1), ofCases.group(2));
        }
        throw new IllegalArgumentException("no block of evidence: " + what);
    }

    private String figureTable(String figures, String wanted) {
        List<JsonNode> states = evidence.path("states").valueStream().toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of("case"), states.stream().map(EvidenceBlocks::quotedName))
                .toList());
        for (JsonNode first : cases(states.get(0), wanted)) {
            List<String> row = new ArrayList<>(List.of(name(first)));
            states.forEach(state ->
                    row.add(figures(figures, cases(state, name(first)).get(0))));
            rows.add(row);
        }
        return table(rows);
    }

    private String indexes(String table, JsonNode state) {
        long size = state.path("tables")
                .valueStream()
                .filter(each -> each.path("name").asString().equals("public." + table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + table))
                .path("size_bytes")
                .longValue();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("index", "size", "share of the table's " + Numbers.bytes(size)));
        state.path("indexes")
                .valueStream()
                .filter(each -> each.path("table").asString().endsWith(table))
                .forEach(index -> rows.add(List.of(
                        "`" + index.path("name").asString() + "`",
                        Numbers.bytes(index.path("size_bytes").longValue()),
                        percent(index.path("size_bytes").longValue(), size))));
        return table(rows);
    }

    private String scans() {
        List<List<String>> rows =
                new ArrayList<>(List.of(List.of("state", "scans in plans", "through an index", "share")));
        for (JsonNode state : evidence.path("states")) {
            List<String> scans = state.path("queries")
                    .valueStream()
                    .flatMap(each -> each.path("scans").valueStream().map(JsonNode::asString))
                    .filter(scan -> scan.contains("Seq Scan") || isThroughIndex(scan))
                    .toList();
            long through = scans.stream().filter(EvidenceBlocks::isThroughIndex).count();
            rows.add(List.of(
                    quotedName(state),
                    Numbers.count(scans.size()),
                    Numbers.count(through),
                    percent(through, scans.size())));
        }
        return table(rows);
    }

    private static boolean isThroughIndex(String scan) {
        return scan.contains("Index") || scan.contains("Bitmap");
    }

    /** The slower plan mode of each case at each size. */
    private String growth(String wanted) {
        JsonNode growth = evidence.path("growth");
        if (growth.isMissingNode()) {
            return "\nThis evidence knows one size; `prove --growth 1,2,10` measures others.\n";
        }
        List<JsonNode> sizes = growth.path("sizes").valueStream().toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(
                        Stream.of("case", "objective"),
                        sizes.stream()
                                .map(size -> "at scale "
                                        + size.path("scale").decimalValue().toPlainString()))
                .toList());
        Map<String, List<JsonNode>> modes = growth.path("cases")
                .valueStream()
                .filter(isOneOf(wanted))
                .collect(Collectors.groupingBy(EvidenceBlocks::name, LinkedHashMap::new, Collectors.toList()));
        modes.forEach((name, each) -> {
            List<String> row =
                    new ArrayList<>(List.of(name, each.get(0).path("slo").asString()));
            for (int i = 0; i < sizes.size(); i++) {
                String path = "/points/" + i + "/objective_ms";
                row.add(duration(each.stream()
                        .mapToDouble(mode -> mode.at(path).doubleValue())
                        .max()
                        .orElseThrow()));
            }
            rows.add(row);
        });
        return table(rows);
    }

    /** The runs at the first rate factor. */
    private String load(String wanted) {
        JsonNode load = evidence.path("load");
        if (load.isMissingNode()) {
            return "\nThis evidence was measured without load; `prove --load 60s` measures with it.\n";
        }
        double factor = load.at("/runs/0/factor").doubleValue();
        List<JsonNode> runs = load.path("runs")
                .valueStream()
                .filter(run -> run.path("factor").doubleValue() == factor)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("query", runs, run -> "`" + run.path("state").asString() + "`"));
        for (JsonNode query : runs.get(0).path("queries")) {
            String name = query.path("query").asString();
            if (isNamed(wanted, name)) {
                rows.add(row(name, runs, run -> underLoad(run, name)));
            }
        }
        if (rows.size() == 1) {
            throw new IllegalArgumentException("no query under load " + wanted);
        }
        rows.add(row(
                "all, executions a second",
                runs,
                run -> Numbers.count(Math.round(run.path("achieved_per_second").doubleValue())) + " of "
                        + Numbers.count(
                                Math.round(run.path("offered_per_second").doubleValue()))));
        return table(rows);
    }

    private static List<String> row(String first, List<JsonNode> runs, Function<JsonNode, String> cell) {
        return Stream.concat(Stream.of(first), runs.stream().map(cell)).toList();
    }

    private static String underLoad(JsonNode run, String name) {
        JsonNode query = run.path("queries")
                .valueStream()
                .filter(each -> each.path("query").asString().equals(name))
                .findFirst()
                .orElseThrow();
        JsonNode p95 = query.path("p95_ms");
        return (p95.isNumber() ? duration(p95.doubleValue()) : "failed") + ", "
                + query.path("verdict").asString("");
    }

    private JsonNode state(String name) {
        return evidence.path("states")
                .valueStream()
                .filter(state -> state.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state " + name));
    }

    private static List<JsonNode> cases(JsonNode state, String wanted) {
        List<JsonNode> cases =
                state.path("queries").valueStream().filter(isOneOf(wanted)).toList();
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no case " + wanted);
        }
        return cases;
    }

    private static Predicate<JsonNode> isOneOf(String wanted) {
        return each -> isNamed(wanted, name(each));
    }

    private static boolean isNamed(String wanted, String name) {
        return Stream.of(wanted.split(","))
                .map(each -> Stream.of(each.strip().split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .anyMatch(name::matches);
    }

    private static String name(JsonNode each) {
        return each.path("query").asString() + "/" + each.path("case").asString();
    }

    private static String figures(String figures, JsonNode each) {
        return Stream.of(figures.split(","))
                .map(figure -> figure(figure.strip(), each))
                .collect(Collectors.joining(", "));
    }

    private static String figure(String figure, JsonNode each) {
        return switch (figure) {
            case "p50" -> duration(each.path("p50_ms").doubleValue());
            case "p95" -> duration(each.path("p95_ms").doubleValue());
            case "buffers" -> Numbers.count(each.path("buffers").longValue());
            case "verdict" -> each.path("verdict").asString();
            case "statements" -> {
                long statements = each.path("statements").asLong(1);
                yield Numbers.count(statements) + (statements == 1 ? " statement" : " statements");
            }
            default -> throw new IllegalArgumentException("no figure " + figure);
        };
    }

    private static String duration(double ms) {
        return ms < 1000 ? Numbers.ms(ms) + " ms" : Numbers.duration(ms);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / whole);
    }

    private static String quotedName(JsonNode state) {
        return "`" + state.path("name").asString() + "`";
    }

    /** Numbers to the right. */
    private static String table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        lines.add(1, "|---|" + "--:|".repeat(rows.get(0).size() - 1));
        return "\n" + String.join("\n", lines) + "\n";
    }
}
