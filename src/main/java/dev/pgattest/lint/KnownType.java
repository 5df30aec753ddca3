package dev.pgattest.lint;

import dev.pgattest.sql.QualifiedName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An enum or a domain that the files have made or changed.
 *
 * @param name with its schema
 * @param domain whether it is a domain; else an enum
 * @param origin where it was made
 * @param values of an enum, as far as they are known, with the transaction that added each, in the order in which they were added
 */
record KnownType(QualifiedName name, boolean domain, Origin origin, Map<String, Origin> values) {

    KnownType {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    KnownType named(QualifiedName other) {
        return new KnownType(other, domain, origin, values);
    }

    /** With a value that may be there already. */
    KnownType with(String value, Origin added) {
        Map<String, Origin> more = new LinkedHashMap<>(values);
        more.putIfAbsent(value, added);
        return new KnownType(name, domain, origin, more);
    }
}
