package dev.pgattest.lint;

import dev.pgattest.sql.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * An index that a statement has removed.
 *
 * @param name with its schema
 * @param known what the files told about it; null for nothing
 * @param statement the statement
 * @param origin where that stands
 */
record DroppedIndex(QualifiedName name, @Nullable KnownIndex known, Statement statement, Origin origin) {}
