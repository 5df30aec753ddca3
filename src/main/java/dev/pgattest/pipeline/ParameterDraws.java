package dev.pgattest.pipeline;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.Mix64;
import dev.pgattest.dataset.RowDraw;
import dev.pgattest.dataset.TableData;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.ParameterValue;
import dev.pgattest.workload.ParameterValue.FirstMatch;
import dev.pgattest.workload.ParameterValue.OfRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Draws values for the parameters of a case: where it names a row of the dataset, other rows take its place, each as often as the
 * dataset refers to it. Parameters of one row come from one row again; where one row refers to another, so do those that are drawn. Where
 * a case looks for a match, the next match from a drawn row on is taken. Literals stay.
 */
final class ParameterDraws {

    private static final long LONGEST_SEARCH = 5_000_000;
    private static final int ATTEMPTS = 20;

    private final Dataset dataset;
    private final ParameterValues declared;
    private final Map<String, RowDraw> draws = new HashMap<>();
    private final long seed;

    ParameterDraws(Dataset dataset, long seed) {
        this.dataset = dataset;
        this.declared = new ParameterValues(dataset);
        this.seed = seed;
    }

    /** A row that a case names. */
    private record Anchor(String table, ParameterValue.RowPosition position) {}

    /**
     * The values of the draw of a number, in declared order; null is SQL's NULL. When the dataset has no match for any of several drawn
     * rows, those that the case declares.
     */
    Map<String, @Nullable String> draw(String query, Case each, long number) {
        long stream = Mix64.at(Mix64.derive(seed, query + "\n" + each.name()), number);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Map<String, @Nullable String>> drawn = attempt(each, Mix64.at(stream, attempt));
            if (drawn.isPresent()) {
                return drawn.get();
            }
        }
        return declared.of(query, each);
    }

    private Optional<Map<String, @Nullable String>> attempt(Case each, long hash) {
        Map<Anchor, Long> rows = new LinkedHashMap<>();
        for (ParameterValue value : each.parameters().values()) {
            if (value instanceof OfRow row) {
                rows.computeIfAbsent(anchor(row), anchor -> drawRow(anchor.table(), Mix64.at(hash, rows.size())));
            }
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        each.parameters().keySet().forEach(name -> values.put(name, null));
        each.parameters().forEach((name, value) -> {
            if (value instanceof ParameterValue.Literal literal) {
                values.put(name, literal.text());
            } else if (value instanceof OfRow row) {
                values.put(name, valueOf(row, rows));
            }
        });
        int place = rows.size();
        for (Map.Entry<String, ParameterValue> entry : each.parameters().entrySet()) {
            if (entry.getValue() instanceof FirstMatch match) {
                TableData table = table(match.table());
                OptionalLong row = nextMatch(table, match, values, Mix64.at(hash, ++place));
                if (row.isEmpty()) {
                    return Optional.empty();
                }
                values.put(
                        entry.getKey(),
                        table.text(row.getAsLong(), match.column()).orElse(null));
            }
        }
        return Optional.of(values);
    }

    private static OptionalLong nextMatch(
            TableData table, FirstMatch match, Map<String, @Nullable String> values, long hash) {
        if (table.rows() == 0) {
            return OptionalLong.empty();
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        match.where()
                .forEach((column, text) -> wanted.put(
                        column, ParameterValue.reference(text).map(values::get).orElse(text)));
        return table.nextRow(Mix64.bounded(hash, table.rows()), wanted, LONGEST_SEARCH);
    }

    /** The value in the drawn row, or in the row that a drawn row of another table refers to as the declared one does. */
    private @Nullable String valueOf(OfRow row, Map<Anchor, Long> rows) {
        TableData table = table(row.table());
        String declaredValue = text(table, row.row().in(table.rows()), row.column());
        for (Map.Entry<Anchor, Long> other : rows.entrySet()) {
            TableData referring = table(other.getKey().table());
            Optional<String> column = other.getKey().table().equals(row.table())
                    ? Optional.empty()
                    : dataset.referringColumn(referring.name(), row.table(), row.column());
            if (declaredValue != null && column.isPresent()) {
                long declaredRow = other.getKey().position().in(referring.rows());
                if (declaredValue.equals(text(referring, declaredRow, column.get()))) {
                    return text(referring, other.getValue(), column.get());
                }
            }
        }
        return text(table, rows.getOrDefault(anchor(row), 0L), row.column());
    }

    private static @Nullable String text(TableData table, long row, String column) {
        return table.text(row, column).orElse(null);
    }

    private long drawRow(String table, long hash) {
        return draws.computeIfAbsent(table, dataset::draw).row(hash);
    }

    private static Anchor anchor(OfRow row) {
        return new Anchor(row.table(), row.row());
    }

    private TableData table(String name) {
        return dataset.table(name).orElseThrow();
    }

    /** Draws of all cases in turn, so many in all. */
    List<Map<String, @Nullable String>> drawAll(String query, List<Case> cases, int count) {
        List<Map<String, @Nullable String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(draw(query, cases.get(i % cases.size()), i));
        }
        return all;
    }
}
