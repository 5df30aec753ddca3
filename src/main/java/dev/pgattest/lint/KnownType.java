package dev.pgattest.lint;

import dev.pgattest.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An enum or a domain that the files have made or changed.
 *
 * @param name with its schema
 * @param domain whether it is a domain; else an enum
 * @param origin where it was made
 * @param values of an enum with the transaction that added each
 */
record KnownType(QualifiedName name, boolean domain, Origin origin, Map<String, Origin> values) {

    KnownType {
        values = Map.copyOf(values);
    }

    KnownType with(String value, Origin added) {
        Map<String, Origin> more = new LinkedHashMap<>(values);
        more.put(value, added);
        return new KnownType(name, domain, origin, more);
    }
}
