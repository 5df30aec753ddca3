package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Literal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Rules about the types of new columns, their keys, and enums. */
final class TypeRules {

    static final List<LintRule> ALL = List.of(
            LintRule.info("prefer-text")
                    .page(new Page(
                            "A new column of type varchar(n) or char(n)",
                            "To change the limit later is a change of type: it takes ACCESS EXCLUSIVE, fails while a view uses the column,"
                                    + " and reads or rewrites the table unless the limit grows. char(n) fills values up with blanks on top,"
                                    + " stores them, and forgets them in comparisons.",
                            "Use text, with a CHECK for the limit where there is one: a CHECK can be replaced without reading the table"
                                    + " under a strong lock.",
                            "Manual, \"Character Types\"; ALTER TABLE, \"SET DATA TYPE\"."))
                    .provedBy(new Proof.Fails("0A000"))
                    .checks(visit -> columns(visit, TypeRules::text)),
            LintRule.warning("prefer-timestamptz")
                    .page(new Page(
                            "A new column of type timestamp without time zone",
                            "It keeps what a clock on a wall showed and not an instant: the same value means different instants to sessions"
                                    + " with different time zones, now() is stored by the zone of whoever writes, and an hour a year is"
                                    + " ambiguous.",
                            "Use timestamptz. It takes no more room, and every session sees the instant in its own zone. A time of day that"
                                    + " belongs to no zone, such as opening hours, may stay as it is.",
                            "Manual, \"Date/Time Types\"."))
                    .provedBy(new Proof.Shows(
                            "what one session has just stored was hours ago for another",
                            "set timezone = 'UTC'; insert into visits default values; set timezone = 'Asia/Tokyo';"
                                    + " select now() - seen_at > interval '1 hour' from visits"))
                    .checks(visit -> columns(visit, TypeRules::timestamp)),
            LintRule.info("prefer-jsonb")
                    .page(new Page(
                            "A new column of type json",
                            "It keeps the text: every access parses it anew, no index helps to search in it, and it cannot be compared, so"
                                    + " that DISTINCT, GROUP BY and UNION over it fail.",
                            "Use jsonb, unless the exact text with its blanks, order and duplicate keys must be kept.",
                            "Manual, \"JSON Types\"."))
                    .provedBy(new Proof.Shows(
                            "values of the column cannot be compared",
                            "select not exists (select from pg_catalog.pg_operator as o join pg_catalog.pg_attribute as a"
                                    + " on o.oprleft = a.atttypid and o.oprright = a.atttypid and o.oprname = '='"
                                    + " where a.attrelid = 'events'::regclass and a.attname = 'payload')"))
                    .checks(visit -> columns(visit, TypeRules::json)),
            LintRule.info("enum-value-ordering")
                    .page(new Page(
                            "A value is added to an enum without saying where",
                            "It sorts behind all others, in ORDER BY and in comparisons, and the order of an enum's values cannot be"
                                    + " changed later.",
                            "Say BEFORE or AFTER which value, also when it is the last.",
                            "Manual, ALTER TYPE, \"ADD VALUE\"."))
                    .provedBy(new Proof.Shows(
                            "the new value sorts behind the last one",
                            "select 'packed'::parcel_state > 'shipped'::parcel_state"))
                    .checks(TypeRules::enumValue));

    private static final Set<String> LIMITED = Set.of("varchar", "bpchar");

    private TypeRules() {}

    /** The new columns of a table that will stay. */
    private static void columns(Visit visit, BiConsumer<Visit, NewColumn> check) {
        NewColumn.of(visit).forEach(column -> check.accept(visit, column));
    }

    private static void text(Visit visit, NewColumn column) {
        String length = column.type().replaceAll("^[^(]*\\(?|\\).*$", "");
        if (!LIMITED.contains(column.base()) || length.isEmpty() || column.isArray()) {
            return;
        }
        String blanks = column.base().equals("bpchar") ? " and fills shorter values up with blanks" : "";
        visit.find(
                        column.definition(),
                        column.shown() + " takes " + length + " characters" + blanks
                                + ": another limit is a change of type under ACCESS EXCLUSIVE")
                .remedy(column.written("text check (char_length(" + column.shown() + ") <= " + length + ")"))
                .add();
    }

    private static void timestamp(Visit visit, NewColumn column) {
        if (column.base().equals("timestamp")) {
            visit.find(
                            column.definition(),
                            column.shown() + " has no time zone: which instant it means depends on who reads it")
                    .remedy(column.written(column.type().replace("timestamp", "timestamptz")))
                    .add();
        }
    }

    private static void json(Visit visit, NewColumn column) {
        if (column.base().equals("json")) {
            visit.find(
                            column.definition(),
                            column.shown() + " is kept as text: it is parsed with every access and cannot be compared")
                    .remedy(column.written(column.type().replace("json", "jsonb")))
                    .add();
        }
    }

    private static void enumValue(Visit visit) {
        String value = visit.node().text("newVal");
        boolean appends = visit.is("AlterEnumStmt")
                && !visit.node().has("oldVal")
                && !visit.node().has("newValNeighbor");
        if (!appends) {
            return;
        }
        Optional<KnownType> type =
                visit.session().objects().type(visit.session().name(visit.node().names("typeName")));
        boolean isNew = type.filter(
                        known -> known.origin().file() == visit.session().fileOrdinal())
                .isPresent();
        List<String> values =
                List.copyOf(type.map(KnownType::values).orElse(Map.of()).keySet());
        if (!isNew && !values.contains(value)) {
            String last = values.isEmpty() ? "'<value>'" : Literal.quote(values.get(values.size() - 1));
            visit.find("the value " + Literal.quote(value) + " sorts behind all others of "
                            + visit.shown(visit.node().names("typeName")) + ", and its place cannot be changed later")
                    .remedy(visit.statement().text() + " " + visit.statement().keyword("after") + " " + last + ";")
                    .add();
        }
    }
}
