package dev.pgattest.dataset;

import static dev.pgattest.dataset.ProblemList.path;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/** What is wrong with the columns of a table: names that don't exist, generators that don't fit a type. */
final class ColumnCheck {

    private static final int MOST_ELEMENTS = 64;

    private final DatasetSpec spec;
    private final TableSpec table;
    private final ProblemList problems;

    private ColumnCheck(DatasetSpec spec, TableSpec table, ProblemList problems) {
        this.spec = spec;
        this.table = table;
        this.problems = problems;
    }

    static void of(DatasetSpec spec, TableSpec table, ProblemList problems) {
        ColumnCheck check = new ColumnCheck(spec, table, problems);
        Set<String> names = new HashSet<>();
        for (ColumnSpec column : table.columns()) {
            JsonPointer place = path("tables", table.name(), "columns", column.name());
            if (!names.add(column.name())) {
                problems.add(place, "column '" + column.name() + "' is declared twice", "remove one of them");
            }
            check.column(column, place, false);
        }
    }

    private void column(ColumnSpec column, JsonPointer place, boolean inJson) {
        if (column.nullShare().signum() < 0 || column.nullShare().compareTo(BigDecimal.ONE) > 0) {
            problems.add(
                    place.appendProperty("null_share"),
                    "null_share " + column.nullShare().toPlainString(),
                    "write a fraction from 0 to 1, for example 0.2");
        }
        if (column.when() != null) {
            when(column.when(), place.appendProperty("when"));
        }
        GeneratorSpec generator = column.generator();
        JsonPointer at = place.appendProperty(GeneratorName.of(generator));
        if (generator instanceof GeneratorSpec.Json json) {
            needs(column.type().isJson(), column, at, "json or jsonb");
            json.members().forEach(member -> column(member, at.appendProperty(member.name()), true));
        } else if (generator instanceof GeneratorSpec.JsonArray array) {
            needs(column.type().isJson() && inJson, column, at, "a member of a json generator");
            bounds(array.min(), array.max(), MOST_ELEMENTS, at);
            column(array.element(), at.appendProperty("of"), true);
        } else if (inJson && GeneratorName.ONLY_IN_COLUMNS.contains(GeneratorName.of(generator))) {
            problems.add(
                    at,
                    "'" + GeneratorName.of(generator) + "' is not possible inside a JSON document",
                    "declare it as a column and copy it here with 'column: " + column.name() + "'");
        } else {
            linked(column, generator, at);
        }
    }

    private void linked(ColumnSpec column, GeneratorSpec generator, JsonPointer at) {
        if (generator instanceof GeneratorSpec.Parent parent) {
            inParent(parent.column(), at).ifPresent(source -> sameType(column, source, at));
        } else if (generator instanceof GeneratorSpec.Copy copy) {
            inTable(table, copy.column(), at).ifPresent(source -> sameType(column, source, at));
        } else if (generator instanceof GeneratorSpec.Reference reference) {
            reference(column, reference, at);
        } else if (generator instanceof GeneratorSpec.After after) {
            after(column, after, at);
        } else if (generator instanceof GeneratorSpec.Ratio) {
            needs(
                    column.type().kind() == ColumnType.Kind.NUMERIC
                            && column.type().scale() >= 1,
                    column,
                    at,
                    "numeric(p,s) with s from 1 to 9");
            needs(column.type().scale() <= 9, column, at, "numeric(p,s) with s from 1 to 9");
            wholeShares(column, at);
        } else if (generator instanceof GeneratorSpec.Split split) {
            split(column, split, at);
        } else {
            ValueCheck.of(column, generator, at, problems);
        }
    }

    private void when(ColumnSpec.Condition when, JsonPointer place) {
        JsonPointer at = place.appendProperty("is");
        if (when.values().isEmpty()) {
            problems.add(at, "no value to compare with", "write the values, for example [processed]");
        }
        inTable(table, when.column(), place.appendProperty("column")).ifPresent(source -> {
            for (int i = 0; i < when.values().size(); i++) {
                String value = when.values().get(i);
                if (source.type().isJson() || !source.type().accepts(value)) {
                    problems.add(
                            at.appendIndex(i),
                            "'" + value + "' is no " + source.type().sql() + ", the type of column '" + source.name()
                                    + "'",
                            "write a value that the column can have");
                }
            }
        });
    }

    private void reference(ColumnSpec column, GeneratorSpec.Reference reference, JsonPointer at) {
        TableSpec target = spec.table(reference.table()).orElse(null);
        if (target == null) {
            problems.addUnknown(
                    at.appendProperty("table"),
                    "table",
                    reference.table(),
                    spec.tables().stream().map(TableSpec::name).toList());
        } else {
            inTable(target, reference.column(), at.appendProperty("column"))
                    .ifPresent(source -> sameType(column, source, at));
        }
        BigDecimal sum = BigDecimal.ZERO;
        JsonPointer shares = at.appendProperty("shares");
        for (int i = 0; i < reference.shares().size(); i++) {
            ShareGroup group = reference.shares().get(i);
            sum = sum.add(group.share());
            share(group, shares.appendIndex(i));
        }
        if (sum.compareTo(BigDecimal.ONE) > 0) {
            problems.add(shares, "the shares sum to " + sum.toPlainString(), "let them sum to 1 at most");
        }
    }

    private void share(ShareGroup group, JsonPointer at) {
        if (group.share().signum() <= 0) {
            problems.add(
                    at.appendProperty("share"),
                    "share " + group.share().toPlainString(),
                    "write a fraction of more than 0, for example 0.6");
        }
        BigDecimal most = group.members().percent() ? BigDecimal.valueOf(100) : BigDecimal.valueOf(Long.MAX_VALUE);
        if (group.members().amount().signum() <= 0 || group.members().amount().compareTo(most) > 0) {
            problems.add(
                    at.appendProperty("members"),
                    "a group of " + group.members().amount().toPlainString()
                            + (group.members().percent() ? " percent of the rows" : " members"),
                    "write a number of at least 1, or a percentage such as 10%");
        }
        ValueCheck.exponent(group.decline().exponent(), at.appendProperty("decline"), problems);
    }

    private void after(ColumnSpec column, GeneratorSpec.After after, JsonPointer at) {
        needs(column.type().isTime(), column, at, "date, timestamp or timestamptz");
        JsonPointer base = at.appendProperty(after.ofParent() ? "parent" : "column");
        (after.ofParent() ? inParent(after.column(), base) : inTable(table, after.column(), base))
                .ifPresent(source -> sameType(column, source, base));
        if (after.min().isNegative() || after.min().compareTo(after.max()) > 0) {
            problems.add(
                    at,
                    "a delay from " + after.min() + " to " + after.max(),
                    "let min be at least 0 s and not more than max");
        }
        if (column.type().kind() == ColumnType.Kind.DATE
                && (after.min().toNanosPart()
                                + after.min().toSecondsPart()
                                + after.min().toMinutesPart()
                                + after.min().toHoursPart()
                        != 0)) {
            problems.add(at, "a date can't be " + after.min() + " after another", "write whole days, for example 2 d");
        }
    }

    private void split(ColumnSpec column, GeneratorSpec.Split split, JsonPointer at) {
        boolean decimal = column.type().kind() == ColumnType.Kind.NUMERIC;
        needs(column.type().isInteger() || decimal, column, at, "smallint, integer, bigint or numeric(p,s)");
        inParent(split.column(), at.appendProperty("parent")).ifPresent(source -> {
            boolean fits = decimal
                    ? source.type().kind() == ColumnType.Kind.NUMERIC
                            && source.type().scale() == column.type().scale()
                    : source.type().isInteger();
            if (!fits) {
                problems.add(
                        at,
                        "the parent's column '" + source.name() + "' is "
                                + source.type().sql() + " and can't be split into "
                                + column.type().sql(),
                        "let both have the same type");
            }
        });
        if (split.by() != null) {
            inTable(table, split.by(), at.appendProperty("by"))
                    .filter(source -> !(source.generator() instanceof GeneratorSpec.Ratio))
                    .ifPresent(source -> problems.add(
                            at.appendProperty("by"),
                            "column '" + source.name() + "' is no ratio",
                            "name a column with 'ratio: {}'"));
        }
        wholeShares(column, at);
    }

    /** Parts sum to the whole only when each parent has all its rows and each row has its part. */
    private void wholeShares(ColumnSpec column, JsonPointer at) {
        if (!(table.rows() instanceof RowRule.Each)) {
            problems.add(
                    at,
                    "table '" + table.name() + "' does not have rows for each parent to divide something among",
                    "write 'rows: {each: <parent>, counts: [...]}' for the table");
        }
        if (column.nullShare().signum() > 0 || column.when() != null) {
            problems.add(
                    at,
                    "the parts of column '" + column.name() + "' can't sum to the whole when some are null",
                    "remove 'null_share' and 'when'");
        }
    }

    private Optional<ColumnSpec> inParent(String column, JsonPointer at) {
        Optional<String> parent = table.rows().parent();
        if (parent.isEmpty()) {
            problems.add(
                    at,
                    "table '" + table.name() + "' has no parent",
                    "write 'rows: {each: <parent>, counts: [...]}' or 'rows: {sample: <parent>, every: ...}'");
        }
        return parent.flatMap(spec::table).flatMap(found -> inTable(found, column, at));
    }

    private Optional<ColumnSpec> inTable(TableSpec where, String column, JsonPointer at) {
        Optional<ColumnSpec> found = where.column(column);
        if (found.isEmpty()) {
            List<String> known = where.columns().stream().map(ColumnSpec::name).toList();
            problems.addUnknown(at, "column of table '" + where.name() + "'", column, known);
        }
        return found;
    }

    private void sameType(ColumnSpec column, ColumnSpec source, JsonPointer at) {
        ColumnType type = column.type();
        boolean same = type.kind() == ColumnType.Kind.COPIED
                || (type.isText() && source.type().isText())
                || (type.kind() == source.type().kind()
                        && type.scale() == source.type().scale());
        if (!same) {
            problems.add(
                    at,
                    "column '" + column.name() + "' is " + type.sql() + ", but '" + source.name()
                            + "', which its values come from, is "
                            + source.type().sql(),
                    "let both have the same type");
        }
    }

    private void needs(boolean fits, ColumnSpec column, JsonPointer at, String types) {
        ValueCheck.needs(fits, column, at, types, problems);
    }

    private void bounds(int min, int max, int most, JsonPointer at) {
        if (min < 0 || min > max || max > most) {
            problems.add(
                    at,
                    "from " + min + " to " + max + " elements",
                    "let min be at least 0 and not more than max, and max at most " + most);
        }
    }
}
