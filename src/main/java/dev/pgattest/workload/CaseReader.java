package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Spelling;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the cases of one query. */
final class CaseReader {

    private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
    private static final Pattern INDEX = Pattern.compile("\\d{1,18}");

    private final WorkloadReader.Surroundings surroundings;
    private final QueryReader.ParameterUse use;

    CaseReader(WorkloadReader.Surroundings surroundings, QueryReader.ParameterUse use) {
        this.surroundings = surroundings;
        this.use = use;
    }

    Case read(Entry entry) {
        Slo slo = entry.at("slo").parsed(Slo::parse).orElse(null);
        if (slo != null) {
            requireEnoughSamples(entry.at("slo"), slo);
        }
        Map<String, ParameterValue> parameters = new LinkedHashMap<>();
        for (Entry parameter : entry.at("parameters").children()) {
            parameters.put(parameter.name(), value(parameter));
        }
        compareWithUse(entry, parameters);
        rejectCycles(entry.at("parameters"), parameters);
        return new Case(entry.name(), slo, parameters);
    }

    private void requireEnoughSamples(Entry entry, Slo slo) {
        Measurement measurement = surroundings.measurement();
        int fewest = slo.fewestSamples(measurement.confidence());
        if (fewest > measurement.maxSamples()) {
            entry.reject(
                    "the SLO needs at least " + fewest + " samples at confidence "
                            + measurement.confidence().toPlainString() + ", but max_samples is "
                            + measurement.maxSamples(),
                    "write `max_samples: " + fewest
                            + "` or more in pgattest.yaml, or a lower percentile or confidence");
        }
    }

    private ParameterValue value(Entry parameter) {
        if (parameter.isNull()) {
            return new ParameterValue.Null();
        }
        if (!parameter.isMapping()) {
            return new ParameterValue.Literal(parameter.textOr(""));
        }
        String table = parameter.at("table").textOr("");
        String column = parameter.at("column").textOr("");
        checkNames(parameter, table);
        boolean byRow = parameter.at("row").exists();
        if (byRow == parameter.at("where").exists()) {
            parameter.reject(
                    "the parameter '" + parameter.name() + "' has " + (byRow ? "both" : "neither") + " 'row' "
                            + (byRow ? "and" : "nor") + " 'where'",
                    "write one of them, for example `row: 10%`");
        }
        if (byRow) {
            ParameterValue.RowPosition first = new ParameterValue.RowPosition.Index(0);
            return new ParameterValue.OfRow(
                    table, column, parameter.at("row").parsed(CaseReader::row).orElse(first));
        }
        Map<String, String> where = new LinkedHashMap<>();
        parameter.at("where").children().forEach(value -> where.put(value.name(), value.textOr("")));
        return new ParameterValue.FirstMatch(table, column, where);
    }

    private static Result<ParameterValue.RowPosition> row(String text) {
        Matcher share = SHARE.matcher(text.strip());
        if (share.matches()) {
            BigDecimal fraction = new BigDecimal(share.group(1)).movePointLeft(2);
            return fraction.compareTo(BigDecimal.ONE) < 0
                    ? Result.of(new ParameterValue.RowPosition.Share(fraction))
                    : wrongRow("the row '" + text + "' is not below 100%");
        }
        return INDEX.matcher(text).matches()
                ? Result.of(new ParameterValue.RowPosition.Index(Long.parseLong(text)))
                : wrongRow("'" + text + "' is not a row");
    }

    private static Result<ParameterValue.RowPosition> wrongRow(String message) {
        return Result.rejected(Problem.ofInput(
                message, "write a row number from 0, or a share of the rows from 0% to below 100%, for example `10%`"));
    }

    private void checkNames(Entry parameter, String table) {
        DatasetNames dataset = surroundings.dataset();
        if (dataset.tables().isEmpty()) {
            return;
        }
        Names.requireKnownText(parameter.at("table"), "table", dataset.tables());
        if (dataset.tables().contains(table)) {
            List<String> columns = dataset.columns(table);
            Names.requireKnownText(parameter.at("column"), "column", columns);
            parameter.at("where").children().forEach(value -> Names.requireKnownKey(value, "column", columns));
        }
    }

    private void compareWithUse(Entry entry, Map<String, ParameterValue> parameters) {
        Set<String> given = parameters.keySet();
        Set<String> needed = new TreeSet<>();
        for (Map.Entry<String, Set<String>> reader : use.readers().entrySet()) {
            for (String name : new TreeSet<>(reader.getValue())) {
                if (!given.contains(name) && needed.add(name)) {
                    entry.rejectKey(
                            "the case '" + entry.name() + "' has no value for :" + name + " of " + reader.getKey(),
                            "add `" + name + ": ...` to its parameters");
                }
            }
            needed.addAll(reader.getValue());
        }
        Set<String> superfluous = new LinkedHashSet<>(given);
        superfluous.removeAll(needed);
        superfluous.removeAll(use.perhaps());
        parameters.values().forEach(value -> references(value).forEach(superfluous::remove));
        if (use.isComplete()) {
            superfluous.forEach(name -> entry.at("parameters")
                    .at(name)
                    .rejectKey("nothing reads the parameter '" + name + "'", superfluousRemedy(name, needed)));
        }
    }

    private static String superfluousRemedy(String name, Set<String> needed) {
        return needed.isEmpty() ? "remove it: the SQL has no parameters" : Spelling.remedy(name, "parameters", needed);
    }

    /** A value found by another's value is looked up after it, so there must be an order. */
    private static void rejectCycles(Entry entry, Map<String, ParameterValue> parameters) {
        for (Map.Entry<String, ParameterValue> parameter : parameters.entrySet()) {
            for (String reference : references(parameter.getValue())) {
                if (!parameters.containsKey(reference)) {
                    entry.at(parameter.getKey())
                            .at("where")
                            .reject(
                                    "unknown parameter ':" + reference + "'",
                                    Spelling.remedy(reference, "parameters", parameters.keySet()));
                }
            }
            if (reaches(parameter.getKey(), parameter.getKey(), parameters, new LinkedHashSet<>())) {
                entry.at(parameter.getKey())
                        .at("where")
                        .reject(
                                "the parameter '" + parameter.getKey() + "' depends on itself",
                                "give one of the parameters that refer to each other a value or a row");
            }
        }
    }

    private static boolean reaches(
            String from, String to, Map<String, ParameterValue> parameters, Set<String> visited) {
        return Optional.ofNullable(parameters.get(from)).stream()
                .flatMap(value -> references(value).stream())
                .anyMatch(next -> next.equals(to) || (visited.add(next) && reaches(next, to, parameters, visited)));
    }

    private static List<String> references(ParameterValue value) {
        return value instanceof ParameterValue.FirstMatch match
                ? match.where().values().stream()
                        .flatMap(text -> ParameterValue.reference(text).stream())
                        .toList()
                : List.of();
    }
}
