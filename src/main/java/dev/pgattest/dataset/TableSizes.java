package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many rows each table has for a profile and a size, and which part of the members is kept. */
final class TableSizes {

    private final DatasetSpec spec;
    private final DatasetProfile profile;
    private final DatasetSize size;
    private final Map<String, Double> factors = new HashMap<>();

    TableSizes(DatasetSpec spec, DatasetProfile profile, DatasetSize size) {
        this.spec = spec;
        this.profile = profile;
        this.size = size;
    }

    /** The rows of a table that has rows of its own, before members are left out. */
    long wholeRows(String table) {
        BigDecimal rows = BigDecimal.valueOf(profile.rows().getOrDefault(table, 1L));
        BigDecimal scaled = profile.fixed().contains(table) ? rows : rows.multiply(size.scale());
        return Math.max(1, scaled.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** The rows of a table that has rows of its own. */
    long rows(String table) {
        Long members = size.members();
        if (members != null && table.equals(profile.members())) {
            return members;
        }
        double factor = factor(table);
        if (factor == 1) {
            return wholeRows(table);
        }
        return Math.max(
                1,
                BigDecimal.valueOf(wholeRows(table))
                        .multiply(new BigDecimal(factor))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
    }

    RowPicker picker(GeneratorSpec.Reference reference) {
        if (isCut(reference.table())) {
            return RowPicker.of(reference.shares(), wholeRows(reference.table()), rows(reference.table()));
        }
        long rows = allRows(reference.table());
        return RowPicker.of(reference.shares(), rows, rows);
    }

    /** The rows of any table: its own, or as many as its parents give it. */
    long allRows(String table) {
        return origin(spec.table(table).orElseThrow()).rows();
    }

    /** Where the rows of a table come from. */
    RowOrigin origin(TableSpec table) {
        long tableSeed = Mix64.derive(Mix64.derive(profile.seed(), table.name()), "rows");
        RowRule rule = table.rows();
        if (rule instanceof RowRule.Each each) {
            return new RowOrigin.Each(tableSeed, allRows(each.table()), each.counts());
        } else if (rule instanceof RowRule.Sample sample) {
            return RowOrigin.Sampled.of(tableSeed, allRows(sample.table()), sample.every());
        }
        return new RowOrigin.Own(rows(table.name()));
    }

    private boolean isCut(String table) {
        return size.members() != null && table.equals(profile.members());
    }

    /** Which part of a table's rows belongs to the members that are kept: that of the first column that leads to them. */
    private double factor(String table) {
        if (size.members() == null || profile.members() == null) {
            return 1;
        }
        Double known = factors.get(table);
        if (known == null) {
            factors.put(table, 1.0); // what a table that refers to itself finds
            known = references(table).stream()
                    .map(this::factor)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(1.0);
            factors.put(table, known);
        }
        return known;
    }

    private Optional<Double> factor(GeneratorSpec.Reference reference) {
        if (isCut(reference.table())) {
            return Optional.of(
                    RowPicker.keptShare(reference.shares(), wholeRows(reference.table()), rows(reference.table())));
        }
        double factor = factor(root(reference.table()));
        return factor < 1 ? Optional.of(factor) : Optional.empty();
    }

    /** The table with rows of its own that the rows of {@code table} descend from. */
    private String root(String table) {
        return spec.table(table)
                .flatMap(found -> found.rows().parent())
                .map(this::root)
                .orElse(table);
    }

    private List<GeneratorSpec.Reference> references(String table) {
        return spec.table(table).stream()
                .flatMap(found -> found.columns().stream())
                .map(ColumnSpec::generator)
                .filter(GeneratorSpec.Reference.class::isInstance)
                .map(GeneratorSpec.Reference.class::cast)
                .toList();
    }
}
