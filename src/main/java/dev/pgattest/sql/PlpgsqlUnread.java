package dev.pgattest.sql;

/**
 * A body in PL/pgSQL that is well formed, as far as it was read, but means nothing to the library, which knows no catalog: it may be
 * right on a server that knows the types and wrong on another.
 *
 * @param reason the library's message
 */
public record PlpgsqlUnread(String reason) implements PlpgsqlResult {}
