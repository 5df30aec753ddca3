package dev.pgattest.evidence;

/**
 * A column of the type {@code jsonb}, about which it must be decided whether an index looks into it.
 *
 * @param table quoted, schema-qualified name of its table
 * @param column name as the catalog has it, unquoted
 */
public record JsonbColumn(String table, String column) {}
