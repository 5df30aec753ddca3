package dev.pgattest.postgres;

import dev.pgattest.deploy.CatalogObject;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.CatalogSnapshot.Relation;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what a deployment wants to know of a database. */
public final class DeploymentCatalog {

    /** Names of functions and types are then written with their schema, whatever the user's own path is. */
    private static final String PLAIN_PATH = "set search_path = pg_catalog";

    private static final Map<CatalogObject.Kind, String> TESTS = Map.of(
            CatalogObject.Kind.RELATION,
            "select pg_catalog.to_regclass(?) is not null and ? = ''",
            CatalogObject.Kind.ROUTINE,
            "select case when pg_catalog.strpos(r.name, '(') > 0 then pg_catalog.to_regprocedure(r.name) is not null"
                    + " else pg_catalog.to_regproc(r.name) is not null end and r.part = ''"
                    + " from (values (?::pg_catalog.text, ?::pg_catalog.text)) as r (name, part)",
            CatalogObject.Kind.SCHEMA,
            "select exists (select from pg_catalog.pg_namespace where nspname = ?) and ? = ''",
            CatalogObject.Kind.TYPE,
            "select pg_catalog.to_regtype(?) is not null and ? = ''",
            CatalogObject.Kind.EXTENSION,
            "select exists (select from pg_catalog.pg_extension where extname = ?) and ? = ''",
            CatalogObject.Kind.COLUMN,
            "select exists (select from pg_catalog.pg_attribute where attrelid = pg_catalog.to_regclass(?)"
                    + " and attname = ? and not attisdropped)",
            CatalogObject.Kind.CONSTRAINT,
            "select exists (select from pg_catalog.pg_constraint where conrelid = pg_catalog.to_regclass(?)"
                    + " and conname = ?)",
            CatalogObject.Kind.TRIGGER,
            "select exists (select from pg_catalog.pg_trigger where tgrelid = pg_catalog.to_regclass(?)"
                    + " and tgname = ? and not tgisinternal)",
            CatalogObject.Kind.POLICY,
            "select exists (select from pg_catalog.pg_policy where polrelid = pg_catalog.to_regclass(?)"
                    + " and polname = ?)");

    private DeploymentCatalog() {}

    /** Everything at this moment. */
    public static CatalogSnapshot read(Session session) {
        return withPlainPath(session, () -> snapshot(session));
    }

    private static CatalogSnapshot snapshot(Session session) {
        Map<QualifiedName, CatalogIndex> indexes = new HashMap<>();
        IndexCatalog.indexes(session).forEach(index -> indexes.put(index.name(), index));
        Map<QualifiedName, WantedIndex.Constraint> owners = new HashMap<>();
        Map<QualifiedName, String> comments = new HashMap<>();
        Set<QualifiedName> building = new HashSet<>();
        session.query(SqlResource.text("deployment_index_facts"), row -> {
            QualifiedName name = new QualifiedName(row.getString("schema_name"), row.getString("name"));
            if (row.getString("constraint_type") != null) {
                owners.put(name, constraint(row));
            }
            if (row.getString("comment") != null) {
                comments.put(name, row.getString("comment"));
            }
            return row.getBoolean("building") && building.add(name);
        });
        return new CatalogSnapshot(indexes, owners, comments, relations(session), building);
    }

    private static WantedIndex.Constraint constraint(ResultSet row) throws SQLException {
        return new WantedIndex.Constraint(
                row.getString("constraint_type").equals("p") ? "primary key" : "unique",
                !row.getBoolean("deferrable")
                        ? ""
                        : row.getBoolean("deferred") ? "deferrable initially deferred" : "deferrable");
    }

    private static Map<QualifiedName, Relation> relations(Session session) {
        Map<QualifiedName, Relation> relations = new HashMap<>();
        session.query(SqlResource.text("deployment_relations"), row -> {
            String parent = row.getString("parent_name");
            Relation relation = new Relation(
                    row.getString("kind").charAt(0),
                    parent == null ? null : new QualifiedName(row.getString("parent_schema"), parent),
                    row.getDouble("rows"),
                    row.getLong("bytes"));
            relations.put(new QualifiedName(row.getString("schema_name"), row.getString("name")), relation);
            return relation;
        });
        return relations;
    }

    /** The names of all relations of the user's schemas. */
    public static Set<QualifiedName> relationNames(Session session) {
        return Set.copyOf(relations(session).keySet());
    }

    /** Which of these objects are there, by the session's own search path. */
    public static Map<CatalogObject, Boolean> exist(Session session, Iterable<CatalogObject> objects) {
        Map<CatalogObject, Boolean> exist = new HashMap<>();
        for (CatalogObject object : objects) {
            exist.computeIfAbsent(
                    object,
                    each -> session.query(
                                    TESTS.getOrDefault(each.kind(), ""),
                                    row -> row.getBoolean(1),
                                    each.name(),
                                    each.of())
                            .get(0));
        }
        return exist;
    }

    /** What {@code work} gives while names are written with their schemas. */
    static <T> T withPlainPath(Session session, Supplier<T> work) {
        List<String> path = session.query("show search_path", row -> row.getString(1));
        session.execute(PLAIN_PATH);
        try {
            return work.get();
        } finally {
            restorePath(session, path.get(0));
        }
    }

    private static void restorePath(Session session, String path) {
        try {
            session.query("select pg_catalog.set_config('search_path', ?, false)", row -> row.getString(1), path);
        } catch (SqlFailure lost) {
            // What the connection was lost at is on its way already.
            if (!lost.isTrouble()) {
                throw lost;
            }
        }
    }
}
