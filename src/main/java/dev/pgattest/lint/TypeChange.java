package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What it takes to turn the values of one type into those of another: ATColumnChangeRequiresRewrite in tablecmds.c with the casts of
 * pg_cast that need no function, and the length coercions that PostgreSQL knows to change nothing. A test compares it with a server.
 */
enum TypeChange {
    /** The values stay as they are. */
    NOTHING,
    /** Each value is computed anew, and the table is written anew. */
    REWRITE,
    /** The same, unless the session's time zone is UTC. */
    REWRITE_UNLESS_UTC,
    /** The types are not known well enough. */
    UNKNOWN;

    private static final Pattern TYPE = Pattern.compile("([^(\\[]*)(?:\\(([-0-9,]*)\\))?(\\[\\])?");

    private static final Map<String, String> SERIALS = Map.of(
            "serial",
            "int4",
            "serial4",
            "int4",
            "bigserial",
            "int8",
            "serial8",
            "int8",
            "smallserial",
            "int2",
            "serial2",
            "int2");

    private static final Set<String> KNOWN = Set.of(
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "text",
            "varchar",
            "bpchar",
            "bool",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "bytea",
            "inet",
            "cidr",
            "macaddr",
            "bit",
            "varbit",
            "money",
            "xml",
            "oid",
            "name");

    /** Pairs of types with the same representation. */
    private static final Set<String> COERCIBLE = Set.of(
            "varchar text",
            "text varchar",
            "cidr inet",
            "xml text",
            "xml varchar",
            "int4 oid",
            "oid int4",
            "bit varbit",
            "varbit bit",
            "citext text",
            "text citext",
            "citext varchar",
            "varchar citext");

    private static final Set<String> PRECISE = Set.of("timestamp", "timestamptz", "time", "timetz", "interval");
    private static final int HIGHEST_PRECISION = 6;

    /** A type in the catalog's words. */
    private record Type(String base, List<Integer> modifiers, boolean array) {
        static Type of(String text) {
            Matcher matcher = TYPE.matcher(text);
            if (!matcher.matches()) {
                return new Type(text, List.of(), false);
            }
            String numbers = matcher.group(2) == null ? "" : matcher.group(2);
            List<Integer> modifiers = Stream.of(numbers.split(","))
                    .filter(number -> !number.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            String base = SERIALS.getOrDefault(matcher.group(1), matcher.group(1));
            return new Type(base, modifiers, matcher.group(3) != null);
        }
    }

    /** The change from one type to another; both as {@link TypeNames} writes them, an unknown one empty. */
    static TypeChange between(String from, String to) {
        Type old = Type.of(from);
        Type target = Type.of(to);
        if (from.isEmpty()) {
            return UNKNOWN;
        }
        if (old.array() || target.array()) {
            return ofArrays(old, target);
        }
        if (old.base().equals(target.base())) {
            return ofModifiers(target.base(), old.modifiers(), target.modifiers());
        }
        if (COERCIBLE.contains(old.base() + " " + target.base())) {
            return target.modifiers().isEmpty() || lengthsFit(old, target) ? NOTHING : REWRITE;
        }
        boolean zone = Set.of(old.base(), target.base()).equals(Set.of("timestamp", "timestamptz"));
        if (zone && precision(target.modifiers()) == HIGHEST_PRECISION) {
            return REWRITE_UNLESS_UTC;
        }
        return KNOWN.contains(old.base()) && KNOWN.contains(target.base()) ? REWRITE : UNKNOWN;
    }

    /** The change that {@code ALTER COLUMN column TYPE to USING expression} makes. */
    static TypeChange using(String column, String from, ParseNode expression, String to) {
        if (!expression.isPresent() || Expressions.column(expression).equals(column)) {
            return between(from, to);
        }
        if (!expression.is("TypeCast")) {
            return REWRITE;
        }
        String cast = TypeNames.text(expression.child("typeName"));
        TypeChange before = using(column, from, expression.child("arg"), cast);
        TypeChange last = between(cast, to);
        return before == NOTHING ? last : last == NOTHING ? before : REWRITE;
    }

    /** Coercion to a length looks at the length that is known, which a text does not have. */
    private static boolean lengthsFit(Type old, Type target) {
        return old.base().equals("varchar")
                && target.base().equals("varchar")
                && ofModifiers("varchar", old.modifiers(), target.modifiers()) == NOTHING;
    }

    private static TypeChange ofArrays(Type old, Type target) {
        boolean both = old.array() && target.array();
        if (both && old.base().equals(target.base()) && old.modifiers().equals(target.modifiers())) {
            return NOTHING;
        }
        if (!KNOWN.contains(old.base()) || !KNOWN.contains(target.base())) {
            return UNKNOWN;
        }
        boolean longer =
                both && old.base().equals(target.base()) && target.modifiers().isEmpty();
        return longer ? NOTHING : REWRITE;
    }

    private static TypeChange ofModifiers(String base, List<Integer> old, List<Integer> wanted) {
        if (old.equals(wanted)) {
            return NOTHING;
        }
        if (PRECISE.contains(base)) {
            return precision(wanted) >= precision(old) ? NOTHING : REWRITE;
        }
        return switch (base) {
            case "varchar", "varbit" ->
                wanted.isEmpty() || (!old.isEmpty() && wanted.get(0) >= old.get(0)) ? NOTHING : REWRITE;
            case "numeric" -> numeric(old, wanted);
            case "bpchar", "bit" -> REWRITE;
            default -> UNKNOWN;
        };
    }

    private static TypeChange numeric(List<Integer> old, List<Integer> wanted) {
        if (wanted.isEmpty()) {
            return NOTHING;
        }
        boolean wider = !old.isEmpty() && wanted.get(0) >= old.get(0) && scale(wanted) == scale(old);
        return wider ? NOTHING : REWRITE;
    }

    private static int scale(List<Integer> modifiers) {
        return modifiers.size() < 2 ? 0 : modifiers.get(1);
    }

    /** Of an interval, the last modifier is the precision; without one it has the highest. */
    private static int precision(List<Integer> modifiers) {
        return modifiers.isEmpty() ? HIGHEST_PRECISION : modifiers.get(modifiers.size() - 1);
    }
}
