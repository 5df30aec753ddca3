package dev.pgattest.lint;

import dev.pgattest.lint.KnownDomains.Domain;
import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rule about changes of a column's type. */
final class TypeChangeRules {

    private static final Set<String> UTC = Set.of(
            "utc", "etc/utc", "uct", "etc/uct", "gmt", "etc/gmt", "zulu", "etc/zulu", "universal", "0", "greenwich");

    static final List<LintRule> ALL = List.of(LintRule.error("alter-column-type-rewrite")
            .page(
                    new Page(
                            "A change of a column's type that rewrites the table, rebuilds indexes or checks all rows again",
                            "While it holds ACCESS EXCLUSIVE, PostgreSQL computes each value anew and writes the table and its indexes anew, so"
                                    + " that reads and writes wait. Some changes do without: a longer varchar or varbit, text for varchar, a numeric"
                                    + " with more digits and the same scale, a higher precision of times, inet for cidr, and timestamptz for"
                                    + " timestamp or back while TimeZone is UTC. But even they rebuild the indexes on the column that have an"
                                    + " expression or a predicate, or another operator class or collation then, and check its CHECKs again.",
                            "Add a column of the new type, let a trigger keep it in step, fill it in batches, index it concurrently, and let the"
                                    + " two change names in one short transaction. To limit a text, a CHECK does, added as NOT VALID.",
                            "Manual, ALTER TABLE, \"Notes\"; tablecmds.c, ATColumnChangeRequiresRewrite and CheckIndexCompatible."))
            .provedBy(new Proof.Rewrites("orders"))
            .checks(TypeChangeRules::check));

    private TypeChangeRules() {}

    private static void check(Visit visit) {
        for (Command command : Command.of(visit)) {
            if (command.alteration().is("AT_AlterColumnType")) {
                check(command);
            }
        }
    }

    private static void check(Command command) {
        Visit visit = command.visit();
        String column = command.alteration().name();
        ParseNode definition = command.alteration().definition();
        String from = command.known().column(column).map(Column::type).orElse("");
        String to = TypeNames.text(definition.child("typeName"));
        TypeChange change = change(visit, column, from, definition);
        String known = from.isEmpty() ? "" : " from " + TypeNames.words(from);
        String start = "changing the type of " + Command.quoted(column) + known + " to " + TypeNames.words(to);
        String wait = " under ACCESS EXCLUSIVE: reads and writes wait until it is done";
        String effect =
                switch (change) {
                    case NOTHING -> again(command, column, from, to);
                    case UNKNOWN ->
                        from.isEmpty()
                                ? "may rewrite " + command.table() + ", for the files do not say what type it has,"
                                : "may rewrite " + command.table();
                    case REWRITE -> "rewrites " + command.table() + " and its indexes";
                    case REWRITE_UNLESS_UTC ->
                        "rewrites " + command.table() + " and its indexes, unless TimeZone is UTC,";
                };
        if (!effect.isEmpty()) {
            command.find(start + " " + effect + wait)
                    .remedy(remedy(command, change, from, to))
                    .add();
        }
    }

    private static TypeChange change(Visit visit, String column, String from, ParseNode definition) {
        ParseNode expression = definition.child("raw_default");
        String to = TypeNames.text(definition.child("typeName"));
        Optional<Domain> old = domain(visit, List.of(from.split("\\.")));
        Optional<Domain> target = domain(visit, definition.child("typeName").names("names"));
        boolean same = from.equals(to)
                && (!expression.isPresent() || Expressions.column(expression).equals(column));
        if (same) {
            return TypeChange.NOTHING;
        }
        if (target.map(Domain::isConstrained).orElse(false)) {
            return TypeChange.REWRITE;
        }
        TypeChange change = TypeChange.using(
                column,
                old.map(Domain::base).orElse(from),
                expression,
                target.map(Domain::base).orElse(to));
        boolean utc = visit.session()
                .settings()
                .value("timezone")
                .filter(zone -> UTC.contains(zone.toLowerCase(Locale.ROOT)))
                .isPresent();
        boolean trusted = utc && visit.settings().pgVersion() >= 12;
        return change == TypeChange.REWRITE_UNLESS_UTC && trusted ? TypeChange.NOTHING : change;
    }

    private static Optional<Domain> domain(Visit visit, List<String> type) {
        boolean named = !type.isEmpty() && !type.get(0).isEmpty();
        return named ? visit.session().objects().domains().find(visit.session().name(type)) : Optional.empty();
    }

    /** What a change that leaves the values alone still does; empty for nothing. */
    private static String again(Command command, String column, String from, String to) {
        String base = from.replaceFirst("[(\\[].*", "");
        boolean otherZone =
                to.startsWith("timestamp") && !to.replaceFirst("[(\\[].*", "").equals(base);
        boolean otherCase = to.startsWith("citext") != from.startsWith("citext");
        boolean otherOrder = command.alteration().definition().has("collClause") || otherZone || otherCase;
        List<String> effects = new ArrayList<>();
        for (KnownIndex index :
                command.visit().session().objects().indexesOf(command.visit().relation())) {
            ParseNode definition = index.definition();
            boolean expression = definition.has("whereClause")
                    || definition.list("indexParams").stream().anyMatch(each -> each.has("expr"));
            if (mentions(definition, column) && (expression || otherOrder)) {
                effects.add("rebuilds the index " + Command.quoted(index.name().name()));
            }
        }
        for (Constraint constraint : command.known().constraints().values()) {
            boolean checked = constraint.isA("CONSTR_CHECK") && constraint.valid();
            if (checked
                    && Expressions.columns(constraint.definition().child("raw_expr"))
                            .contains(column)) {
                effects.add("checks all rows for " + Command.quoted(constraint.name()) + " again");
            }
        }
        return String.join(" and ", effects);
    }

    private static boolean mentions(ParseNode index, String column) {
        return index.names("keys").contains(column)
                || index.all("IndexElem").stream()
                        .anyMatch(each -> each.text("name").equals(column))
                || Expressions.columns(index).contains(column);
    }

    private static String remedy(Command command, TypeChange change, String from, String to) {
        String column = Command.quoted(command.alteration().name());
        String other = Command.quoted(command.alteration().name() + "_new");
        String old = Command.quoted(command.alteration().name() + "_old");
        String length = to.startsWith("varchar(") ? to.substring("varchar(".length(), to.length() - 1) : "";
        if (!length.isEmpty() && (from.isEmpty() || from.equals("text") || from.startsWith("varchar"))) {
            String name = Command.quoted(NotValid.free(
                    command, command.tableName() + "_" + command.alteration().name() + "_length"));
            return "-- limit the length by a check and leave the type:\n"
                    + command.alter("add constraint " + name + " check (char_length(" + column + ") <= " + length
                            + ") not valid")
                    + "\n" + command.alter("validate constraint " + name);
        }
        String first = change == TypeChange.REWRITE_UNLESS_UTC
                        && command.visit().settings().pgVersion() >= 12
                ? "-- if the values are, or shall be, times of UTC, this rewrites nothing, but rebuilds the indexes on it:\n"
                        + "set timezone = 'UTC';\n"
                        + command.visit().statement().text() + ";\n-- else:\n"
                : "";
        return first + command.alter("add column " + other + " " + TypeNames.words(to))
                + "\n-- let a trigger keep it in step, fill it in batches, index it concurrently; then, in one transaction:\n"
                + "alter table " + command.table() + " rename column " + column + " to " + old + ";\n"
                + "alter table " + command.table() + " rename column " + other + " to " + column + ";";
    }
}
