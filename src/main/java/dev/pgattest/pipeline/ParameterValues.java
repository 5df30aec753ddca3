package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.ParameterValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Gives the parameters of a case their values; those that the dataset holds are computed from its declaration. */
final class ParameterValues {

    /** Rows that are searched for a match before giving up. */
    private static final long LONGEST_SEARCH = 20_000_000;

    private final Dataset dataset;

    ParameterValues(Dataset dataset) {
        this.dataset = dataset;
    }

    /**
     * The values of a case in PostgreSQL's text format, in declared order; null is SQL's NULL.
     *
     * @throws PgattestException when the dataset at this size has no such row
     */
    Map<String, @Nullable String> of(String query, Case each) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        each.parameters().keySet().forEach(name -> values.put(name, null));
        // A first match may refer to any parameter that is not itself one.
        each.parameters().forEach((name, value) -> {
            if (!(value instanceof ParameterValue.FirstMatch)) {
                values.put(name, plain(value));
            }
        });
        each.parameters().forEach((name, value) -> {
            if (value instanceof ParameterValue.FirstMatch match) {
                values.put(name, firstMatch(query + ", " + each.name() + ", " + name, match, values));
            }
        });
        return values;
    }

    private @Nullable String plain(ParameterValue value) {
        if (value instanceof ParameterValue.Literal literal) {
            return literal.text();
        }
        if (value instanceof ParameterValue.OfRow row) {
            TableData table = table(row.table());
            return table.text(row.row().in(table.rows()), row.column()).orElse(null);
        }
        return null;
    }

    private @Nullable String firstMatch(
            String place, ParameterValue.FirstMatch match, Map<String, @Nullable String> values) {
        Map<String, String> wanted = new LinkedHashMap<>();
        match.where().forEach((column, text) -> {
            String value = ParameterValue.reference(text).map(values::get).orElse(text);
            wanted.put(column, value);
        });
        TableData table = table(match.table());
        OptionalLong row = table.firstRow(wanted, LONGEST_SEARCH);
        if (row.isEmpty()) {
            throw PgattestException.badInput(
                    place + ": no row of " + match.table() + " has " + wanted + " at this size",
                    "choose a value that the dataset holds, or a larger --scale");
        }
        return table.text(row.getAsLong(), match.column()).orElse(null);
    }

    private TableData table(String name) {
        return dataset.table(name)
                .orElseThrow(() -> PgattestException.badInput(
                        "the dataset has no table " + name, "name a table that dataset.yaml declares"));
    }
}
