package dev.pgattest.sql;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The bodies in PL/pgSQL of a text, as PL/pgSQL's own parser reads them.
 *
 * @param text the text that was parsed
 * @param functions a tree for each body ({@code datums}, {@code action}), in the order written; empty for a text without any. Places
 *     in a tree are lines of the body ({@code lineno}), and the SQL in it is text ({@code query}) with how to parse it ({@code parseMode})
 */
public record PlpgsqlTree(String text, List<JsonNode> functions) implements PlpgsqlResult {

    public PlpgsqlTree {
        functions = List.copyOf(functions);
    }
}
