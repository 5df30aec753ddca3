package dev.pgattest.health;

import dev.pgattest.sql.QualifiedName;
import java.util.List;

/**
 * How far transaction ids and multixacts are used up.
 *
 * @param databases all of the server
 * @param oldest relations of this database with the oldest transaction ids or multixacts, the oldest first
 */
public record AgeFacts(List<DatabaseAge> databases, List<RelationAge> oldest) {

    public AgeFacts {
        databases = List.copyOf(databases);
        oldest = List.copyOf(oldest);
    }

    /**
     * Ages of a database.
     *
     * @param database its name
     * @param transactions transaction ids given out since the oldest that is not frozen
     * @param multixacts the same for multixacts
     */
    public record DatabaseAge(String database, long transactions, long multixacts) {}

    /**
     * Ages of a table, which may be one of the system's; what it stores out of line counts with it.
     *
     * @param table its name with its schema
     * @param transactions transaction ids given out since the oldest that is not frozen
     * @param multixacts the same for multixacts
     */
    public record RelationAge(QualifiedName table, long transactions, long multixacts) {}
}
