package dev.pgattest.sql;

import dev.pgattest.Utf8;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of tables, columns, indexes and other objects, as SQL writes them. */
public final class Identifier {

    /** The longest name that PostgreSQL keeps, in bytes of UTF-8; it cuts longer ones off. */
    public static final int LONGEST_BYTES = 63;

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /**
     * Keywords of PostgreSQL 18 that are not free in every place where a name may stand: the categories reserved, type or function
     * name, and column name of src/include/parser/kwlist.h, as {@code quote_ident} quotes them; and {@code operator}, which no function call can begin with.
     */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
            character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
            current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do
            else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike
            in initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg json_exists
            json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left like
            limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset
            on only operator or order out outer overlaps overlay placing position precision primary real references returning right row select
            session_user setof similar smallint some substring symmetric system_user table tablesample then time timestamp to
            trailing treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes
            xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
            """.split("\\s+"));

    private Identifier() {}

    /**
     * A name as it must be written to mean exactly this name.
     *
     * @throws IllegalArgumentException when the name is empty or holds U+0000, which no name can
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name: \"" + name + "\"");
        }
        if (PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)) {
            return name;
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Whether PostgreSQL keeps the whole name. */
    public static boolean fits(String name) {
        return Utf8.length(name) <= LONGEST_BYTES;
    }
}
