package dev.pgattest.postgres;

import dev.pgattest.audit.Relation;

/**
 * Ids of two tenants that are nobody else's.
 *
 * @param a of the tenant that asks
 * @param b of the other one
 */
record TenantIds(String a, String b) {

    /** Ids that the tenant column of a table can hold. */
    static TenantIds of(Relation table, String column) {
        String type = table.column(column).map(Relation.Column::type).orElse("text");
        return switch (type) {
            case "uuid" ->
                new TenantIds("5eed0000-0000-4000-8000-00000000000a", "5eed0000-0000-4000-8000-00000000000b");
            case "smallint" -> new TenantIds("32001", "32002");
            case "integer", "bigint", "numeric" -> new TenantIds("2000000001", "2000000002");
            default -> new TenantIds("pgattest-a", "pgattest-b");
        };
    }
}
