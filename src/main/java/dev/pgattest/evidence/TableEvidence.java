package dev.pgattest.evidence;

/**
 * A table as it stood when a state was measured.
 *
 * @param name quoted, schema-qualified name
 * @param schema schema as the catalog has it, unquoted
 * @param simpleName name as the catalog has it, unquoted
 * @param rows rows as the planner estimates them after ANALYZE
 * @param pages pages of its main fork
 * @param sizeBytes size in bytes with TOAST and maps, without indexes
 */
public record TableEvidence(String name, String schema, String simpleName, long rows, long pages, long sizeBytes) {}
