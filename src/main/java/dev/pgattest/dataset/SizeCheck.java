package dev.pgattest.dataset;

import static dev.pgattest.dataset.ProblemList.path;

import dev.pgattest.Problem;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JsonPointer;

/** What is wrong with a size, or with a declaration at that size. */
final class SizeCheck {

    private static final long MOST_ROWS = 1L << 40;

    private final DatasetSpec spec;
    private final DatasetProfile profile;
    private final DatasetSize size;
    private final ProblemList problems;

    private SizeCheck(DatasetSpec spec, DatasetProfile profile, DatasetSize size, Locator locator) {
        this.spec = spec;
        this.profile = profile;
        this.size = size;
        this.problems = new ProblemList(locator);
    }

    /** The declaration has to be without problems of its own. */
    static List<Problem> problems(DatasetSpec spec, DatasetProfile profile, DatasetSize size, Locator locator) {
        SizeCheck check = new SizeCheck(spec, profile, size, locator);
        check.scale();
        if (check.problems.isEmpty()) {
            check.ownRows();
        }
        if (check.problems.isEmpty()) {
            check.members();
        }
        if (check.problems.isEmpty()) {
            spec.tables().forEach(check::table);
        }
        return check.problems.sorted();
    }

    private void scale() {
        if (size.scale().signum() <= 0) {
            problems.add(Problem.ofInput(
                    "scale " + size.scale().toPlainString(), "write a scale of more than 0, for example 0.02"));
        }
    }

    private void ownRows() {
        for (TableSpec table : spec.tables()) {
            long declared = profile.rows().getOrDefault(table.name(), 1L);
            BigDecimal rows = BigDecimal.valueOf(declared).multiply(size.scale());
            if (rows.compareTo(BigDecimal.valueOf(MOST_ROWS)) > 0 || declared > MOST_ROWS) {
                problems.add(
                        path("profiles", profile.name(), "rows", table.name()),
                        "table '" + table.name() + "' has " + rows.toPlainString() + " rows at scale "
                                + size.scale().toPlainString(),
                        "choose fewer than " + MOST_ROWS + " rows");
            }
        }
    }

    private void members() {
        Long members = size.members();
        if (members == null) {
            return;
        }
        String table = profile.members();
        if (table == null) {
            problems.add(Problem.ofInput(
                    "profile '" + profile.name() + "' has no members to choose " + members + " of",
                    "name the table in the profile, for example 'members: tenants'"));
            return;
        }
        long rows = new TableSizes(spec, profile, new DatasetSize(size.scale(), null)).wholeRows(table);
        if (members < 1 || members > rows) {
            problems.add(Problem.ofInput(
                    members + " rows of '" + table + "', which has " + rows + " at this scale",
                    "choose a number from 1 to " + rows));
        }
    }

    private void table(TableSpec table) {
        TableSizes sizes = new TableSizes(spec, profile, size);
        for (ColumnSpec column : table.columns()) {
            JsonPointer place = path("tables", table.name(), "columns", column.name());
            if (column.generator() instanceof GeneratorSpec.Reference reference) {
                reference(sizes, reference, place.appendProperty("reference"));
            } else if (column.generator() instanceof GeneratorSpec.Json json) {
                json(sizes, json, place.appendProperty("json"));
            } else if (column.generator() instanceof GeneratorSpec.Identifier) {
                identifier(column.type(), sizes.allRows(table.name()), place.appendProperty("identifier"));
            }
        }
    }

    private void json(TableSizes sizes, GeneratorSpec.Json json, JsonPointer place) {
        for (ColumnSpec member : json.members()) {
            JsonPointer memberPlace = place.appendProperty(member.name());
            if (member.generator() instanceof GeneratorSpec.Reference reference) {
                reference(sizes, reference, memberPlace.appendProperty("reference"));
            } else if (member.generator() instanceof GeneratorSpec.Json nested) {
                json(sizes, nested, memberPlace.appendProperty("json"));
            }
        }
    }

    private void identifier(ColumnType type, long rows, JsonPointer place) {
        long most = type.kind() == ColumnType.Kind.SMALLINT ? Short.MAX_VALUE : Integer.MAX_VALUE;
        boolean narrow = type.kind() == ColumnType.Kind.SMALLINT || type.kind() == ColumnType.Kind.INTEGER;
        if (narrow && rows > most) {
            problems.add(
                    place,
                    rows + " rows need more identifiers than the " + most + " of " + type.sql(),
                    "write 'type: bigint', or choose a smaller scale");
        }
    }

    private void reference(TableSizes sizes, GeneratorSpec.Reference reference, JsonPointer place) {
        boolean cut = size.members() != null && reference.table().equals(profile.members());
        long rows = cut ? sizes.wholeRows(reference.table()) : sizes.allRows(reference.table());
        if (rows == 0) {
            problems.add(
                    place.appendProperty("table"),
                    "table '" + reference.table() + "' has no rows at this scale",
                    "choose a larger scale");
            return;
        }
        long members = 0;
        BigDecimal left = BigDecimal.ONE;
        for (ShareGroup group : reference.shares()) {
            long count = group.members().of(rows);
            members += count;
            left = left.subtract(group.share());
            if (group.decline().shape() != ShareGroup.Shape.NONE && count > RowPicker.MOST_WEIGHTED_MEMBERS) {
                problems.add(
                        place.appendProperty("shares"),
                        count + " members with a declining share",
                        "a share can decline over at most " + RowPicker.MOST_WEIGHTED_MEMBERS
                                + " members: let the rest be a group with 'decline: none'");
            }
        }
        membersOf(reference, rows, members, left, place.appendProperty("shares"));
    }

    private void membersOf(
            GeneratorSpec.Reference reference, long rows, long members, BigDecimal left, JsonPointer place) {
        if (members > rows
                && reference.shares().stream()
                        .anyMatch(group -> !group.members().percent())) {
            problems.add(
                    place,
                    "shares of " + members + " members, but table '" + reference.table() + "' has " + rows
                            + " rows at scale " + size.scale().toPlainString(),
                    "choose fewer members, write them as a percentage such as 10%, or add the table to 'fixed'");
        } else if (members >= rows && !reference.shares().isEmpty() && left.signum() > 0) {
            problems.add(
                    place,
                    "the shares sum to " + BigDecimal.ONE.subtract(left).toPlainString()
                            + " and no row is left for the rest",
                    "let the shares sum to 1, or choose fewer members");
        }
    }
}
