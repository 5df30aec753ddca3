/**
 * What a database is made of, as far as definitions tell. Parse trees of statements come in; definitions of indexes
 * ({@link dev.pgattest.schema.IndexDefinition}) and what one of them is beside another
 * ({@link dev.pgattest.schema.IndexComparison}) go out. Nothing here asks a server.
 */
@NullMarked
package dev.pgattest.schema;

import org.jspecify.annotations.NullMarked;
