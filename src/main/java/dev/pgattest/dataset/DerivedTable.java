package dev.pgattest.dataset;

import dev.pgattest.sql.SqlFile;

/**
 * A table whose rows the server makes from other tables after they were loaded.
 *
 * @param name as the schema has it
 * @param query one query without parameters; its columns are columns of the table, and its rows lie in its order
 */
public record DerivedTable(String name, SqlFile query) {}
