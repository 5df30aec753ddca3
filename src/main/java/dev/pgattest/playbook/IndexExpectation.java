package dev.pgattest.playbook;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be true of an index after a plan.
 *
 * @param index its name
 * @param present whether it is to be there and of use, or not to be there
 */
record IndexExpectation(QualifiedName index, boolean present) {

    private static final String FOUND = """
            from (values
            %s
            ) as e (schema_name, index_name, wanted)
            left join pg_catalog.pg_namespace as n on n.nspname = e.schema_name
            left join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = e.index_name
            left join pg_catalog.pg_index as i on i.indexrelid = c.oid""";

    private static final String STATE = "case when c.oid is null then 'not there'"
            + " when i.indisvalid and i.indisready and i.indislive then 'valid' else 'not valid' end";

    /** Of every index that the steps of a plan touch, in their order; a partitioned one is valid when all its parts are. */
    static List<IndexExpectation> of(DeploymentPlan plan, CatalogSnapshot after) {
        return plan.steps().stream()
                .flatMap(step -> step.index().stream())
                .distinct()
                .filter(index ->
                        after.index(index).flatMap(CatalogIndex::partOf).isEmpty())
                .map(index -> new IndexExpectation(index, after.index(index).isPresent()))
                .toList();
    }

    /** A query without a semicolon that shows what is there. */
    static String query(List<IndexExpectation> expected) {
        return "select e.schema_name, e.index_name, e.wanted, " + STATE + " as found,\n"
                + "    pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(i.indexrelid)) as size,\n"
                + "    pg_catalog.pg_get_indexdef(i.indexrelid) as definition\n"
                + FOUND.replace("%s", values(expected)) + "\norder by e.wanted desc, e.schema_name, e.index_name";
    }

    /** A query without a semicolon that says in {@code right} whether all of it is as wanted. */
    static String verdict(List<IndexExpectation> expected) {
        return "select pg_catalog.bool_and(e.wanted = " + STATE + ") as right\n"
                + FOUND.replace("%s", values(expected));
    }

    private static String values(List<IndexExpectation> expected) {
        return expected.stream()
                .map(each -> "    (" + PsqlScript.literal(each.index().schema()) + ", "
                        + Literal.quote(each.index().name()) + ", " + (each.present() ? "'valid'" : "'not there'")
                        + ")")
                .collect(Collectors.joining(",\n"));
    }
}
