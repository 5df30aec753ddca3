package dev.pgattest.sql;

/** What {@link NamedSql#parse} makes of a text: the statement, or why the text is none. */
public sealed interface NamedSqlResult permits NamedSql, SyntaxError {}
