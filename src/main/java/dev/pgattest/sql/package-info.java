/**
 * The text of SQL. Text comes in; out go tokens, statements with their places, PostgreSQL's own parse trees, of SQL and
 * of bodies in PL/pgSQL, or where its grammar stopped, numbered and JDBC forms of {@code :named} parameters, and quoted names and literals. Everything is
 * pure: the grammar is PostgreSQL's C code, compiled to JVM classes at build time (package {@code libpgquery}).
 */
@NullMarked
package dev.pgattest.sql;

import org.jspecify.annotations.NullMarked;
