package dev.pgattest.dataset;

import static dev.pgattest.dataset.ProblemList.path;

import dev.pgattest.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;

/** Everything that can be wrong with a declaration before a profile and a size are chosen. */
public final class DatasetCheck {

    private static final int MOST_CHILDREN = 10_000;

    private final DatasetSpec spec;
    private final ProblemList problems;

    private DatasetCheck(DatasetSpec spec, Locator locator) {
        this.spec = spec;
        this.problems = new ProblemList(locator);
    }

    /**
     * All problems of a declaration, those of each profile at its own scale included, ordered by place; empty when it can be made.
     */
    public static List<Problem> problems(DatasetSpec spec, Locator locator) {
        DatasetCheck check = new DatasetCheck(spec, locator);
        check.tables();
        check.profiles();
        if (check.problems.isEmpty()) {
            check.sizes(locator);
        }
        return check.problems.sorted();
    }

    private void tables() {
        if (spec.tables().isEmpty()) {
            problems.add(path("tables"), "the dataset has no tables", "declare a table with its columns");
        }
        Set<String> names = new HashSet<>();
        for (TableSpec table : spec.tables()) {
            JsonPointer place = path("tables", table.name());
            if (!names.add(table.name())) {
                problems.add(place, "table '" + table.name() + "' is declared twice", "remove one of them");
            }
            rows(table, place.appendProperty("rows"));
            if (table.columns().isEmpty()) {
                problems.add(place, "table '" + table.name() + "' has no columns", "declare a column with a type");
            }
            ColumnCheck.of(spec, table, problems);
        }
        for (String table : TableOrder.circular(spec.tables())) {
            problems.add(
                    path("tables", table),
                    "table '" + table + "' needs itself through its parents or references",
                    "break the circle: let one of the tables have rows of its own and no reference back");
        }
        if (problems.isEmpty()) {
            new ColumnCycles(spec, problems).check();
        }
    }

    private void rows(TableSpec table, JsonPointer place) {
        if (table.rows() instanceof RowRule.Each each) {
            parent(each.table(), place.appendProperty("each"));
            counts(each.counts(), place.appendProperty("counts"));
        } else if (table.rows() instanceof RowRule.Sample sample) {
            parent(sample.table(), place.appendProperty("sample"));
            if (sample.every() < 1) {
                problems.add(
                        place.appendProperty("every"),
                        "a sample of one row in " + sample.every(),
                        "write a whole number of at least 1, for example 50");
            }
        }
    }

    private void parent(String name, JsonPointer place) {
        if (spec.table(name).isEmpty()) {
            problems.addUnknown(place, "parent table", name, tableNames());
        }
    }

    private void counts(List<Integer> counts, JsonPointer place) {
        if (counts.isEmpty()) {
            problems.add(
                    place, "no counts of rows for a parent", "write how many rows parents have, for example [2, 4]");
        } else if (counts.stream().anyMatch(count -> count < 0 || count > MOST_CHILDREN)) {
            problems.add(place, "counts of rows for a parent: " + counts, "write numbers from 0 to " + MOST_CHILDREN);
        } else if (counts.size() > MOST_CHILDREN) {
            problems.add(place, counts.size() + " counts", "write at most " + MOST_CHILDREN + " counts");
        } else if (counts.stream().allMatch(count -> count == 0)) {
            problems.add(place, "every parent has 0 rows, so the table is empty", "make a count at least 1");
        }
    }

    private void profiles() {
        if (spec.profiles().isEmpty()) {
            problems.add(path("profiles"), "the dataset has no profile", "declare one with a seed and rows");
        }
        spec.profiles().forEach(this::profile);
    }

    private void profile(DatasetProfile profile) {
        JsonPointer place = path("profiles", profile.name());
        if (profile.scale().signum() <= 0) {
            problems.add(
                    place.appendProperty("scale"),
                    "scale " + profile.scale().toPlainString(),
                    "write a scale of more than 0, for example 0.02");
        }
        for (Map.Entry<String, Long> entry : new TreeMap<>(profile.rows()).entrySet()) {
            String table = entry.getKey();
            JsonPointer rows = place.appendProperty("rows").appendProperty(table);
            if (!hasOwnRows(table, rows)) {
                continue;
            }
            if (entry.getValue() < 1) {
                problems.add(rows, "table '" + table + "' has " + entry.getValue() + " rows", "write at least 1");
            }
        }
        for (TableSpec table : spec.tables()) {
            if (table.rows() instanceof RowRule.Own && !profile.rows().containsKey(table.name())) {
                problems.add(
                        place.appendProperty("rows"),
                        "profile '" + profile.name() + "' does not say how many rows '" + table.name() + "' has",
                        "add '" + table.name() + ": 1000', or give the table 'rows' with 'each' or 'sample'");
            }
        }
        for (int i = 0; i < profile.fixed().size(); i++) {
            hasOwnRows(profile.fixed().get(i), place.appendProperty("fixed").appendIndex(i));
        }
        if (profile.members() != null) {
            hasOwnRows(profile.members(), place.appendProperty("members"));
        }
    }

    /** Whether the table exists and has rows of its own; adds the problem otherwise. */
    private boolean hasOwnRows(String name, JsonPointer place) {
        TableSpec table = spec.table(name).orElse(null);
        if (table == null) {
            problems.addUnknown(place, "table", name, tableNames());
            return false;
        }
        if (!(table.rows() instanceof RowRule.Own)) {
            problems.add(
                    place,
                    "the rows of table '" + name + "' follow from its parent '"
                            + table.rows().parent().orElse("") + "'",
                    "remove it here, or remove 'rows' from the table");
            return false;
        }
        return true;
    }

    private void sizes(Locator locator) {
        for (DatasetProfile profile : spec.profiles()) {
            SizeCheck.problems(spec, profile, new DatasetSize(profile.scale(), null), locator)
                    .forEach(problems::add);
        }
    }

    private List<String> tableNames() {
        return spec.tables().stream().map(TableSpec::name).toList();
    }
}
