package dev.pgattest.lint;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Functions of PostgreSQL that are not volatile, as far as expressions use them; a test compares those of pg_catalog with a server. */
final class ServerFunctions {

    private static final Set<String> NAMES = Set.of("""
            abbrev abs acos acosd acosh age area ascii asin asind asinh atan atan2 atan2d atand atanh bool box
            broadcast cardinality casefold cbrt ceil ceiling center char_length character_length chr
            col_description concat concat_ws convert cos cosd cosh cot cotd crc32 crc32c current_database
            current_schema current_schemas current_setting current_user database_to_xml
            database_to_xml_and_xmlschema database_to_xmlschema date daterange decode degrees diagonal diameter
            div encode erf erfc exp extract factorial family floor format format_type gamma gcd get_bit get_byte
            get_current_ts_config getdatabaseencoding getpgusername height host hostmask icu_unicode_version
            initcap int4 int8 interval is_normalized isclosed isfinite ishorizontal isopen isparallel isperp
            isvertical justify_days justify_hours justify_interval lcm left length lgamma like line ln log log10
            lower lower_inc lower_inf lpad ltrim make_date make_interval make_time make_timestamp
            make_timestamptz makeaclitem masklen md5 min_scale mod money multirange mxid_age nameconcatoid
            netmask network normalize now npoints num_nonnulls num_nulls numeric numnode numrange
            obj_description octet_length overlaps overlay parse_ident pclose phraseto_tsquery pi plainto_tsquery
            point popen position pow power querytree radians radius repeat replace reverse right round
            row_to_json rpad rtrim scale schema_to_xml schema_to_xml_and_xmlschema schema_to_xmlschema
            session_user set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512 sign similar_escape
            similar_to_escape sin sind sinh slope split_part sqrt statement_timestamp strip strpos substr
            substring system_user table_to_xml table_to_xml_and_xmlschema table_to_xmlschema tan tand tanh text
            textlen time timestamp timestamptz timetz timezone to_ascii to_bin to_char to_date to_hex to_json
            to_jsonb to_number to_oct to_regclass to_regcollation to_regnamespace to_regoper to_regoperator
            to_regproc to_regprocedure to_regrole to_regtype to_regtypemod to_timestamp to_tsquery to_tsvector
            transaction_timestamp translate trim_array trim_scale trunc tsrange tstzrange tsvector_to_array
            upper upper_inc upper_inf version websearch_to_tsquery width width_bucket xpath xpath_exists
            """.split("\\s+"));

    /** Families whose members are the server's own. */
    private static final Pattern FAMILIES = Pattern.compile(
            "(pg|array|bit|jsonb?|regexp|date|interval|numeric|ts|xml|has|inet|network|range|enum|string|txid|convert|quote)_.*"
                    + "|int[48](multi)?range|(date|num|ts|tstz)multirange|(int|float)[248]|varchar|bpchar|bytea");

    /** Functions of uuid-ossp, the server's own about UUIDs, and PostGIS. */
    private static final Pattern EXTENDED = Pattern.compile("(uuid|st)_.*");

    /** Of other extensions that come with PostgreSQL. */
    private static final Set<String> OF_EXTENSIONS =
            Set.of("citext", "crypt", "cube", "digest", "hmac", "hstore", "similarity", "text2ltree", "unaccent");

    private ServerFunctions() {}

    /** Those that are listed by name. */
    static Set<String> names() {
        return NAMES;
    }

    /** Whether a function by these parts of its name is one that PostgreSQL, or PostGIS, brings along. */
    static boolean include(List<String> function) {
        String name = function.get(function.size() - 1);
        if (OF_EXTENSIONS.contains(name) || EXTENDED.matcher(name).matches()) {
            return true;
        }
        return function.size() > 1
                ? function.get(function.size() - 2).equals("pg_catalog")
                : NAMES.contains(name) || FAMILIES.matcher(name).matches();
    }
}
