package dev.pgattest.evidence;

import org.jspecify.annotations.Nullable;

/**
 * An index as it stood when a state was measured.
 *
 * @param schema schema as the catalog has it, unquoted
 * @param name name as the catalog and plans have it, unquoted
 * @param table quoted, schema-qualified name of its table
 * @param definition as {@code pg_get_indexdef()} prints it
 * @param sizeBytes size of its main fork in bytes
 * @param valid whether queries may use it
 * @param buildMs milliseconds that building it took; null when pgattest did not build it
 */
public record IndexEvidence(
        String schema,
        String name,
        String table,
        String definition,
        long sizeBytes,
        boolean valid,
        @Nullable Double buildMs) {}
