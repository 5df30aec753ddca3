package dev.pgattest.sql;

/** What {@link Grammar#plpgsql} makes of a text: its functions' trees, the place where the grammar stopped, or that it cannot tell. */
public sealed interface PlpgsqlResult permits PlpgsqlTree, PlpgsqlUnread, SyntaxError {}
