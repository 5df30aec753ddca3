package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxTree;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the indexes of the user's schemas, and the foreign keys that need one, as definitions that can be compared. */
public final class IndexCatalog {

    private static final int MOST_KEPT = 2000;

    /** What was parsed last, by text: a deployment reads the same catalog several times in each step, beside those who work there. */
    private static final Map<String, IndexDefinition> PARSED =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, IndexDefinition> eldest) {
                    return size() > MOST_KEPT;
                }
            });

    private IndexCatalog() {}

    /** Every index, by table and name. */
    public static List<CatalogIndex> indexes(Session session) {
        return indexesWithout(session, "{}");
    }

    /**
     * Every index but some, by table and name.
     *
     * @param leftOut object ids of tables and indexes, as an array of the server's: the size of one that is locked cannot be read
     */
    static List<CatalogIndex> indexesWithout(Session session, String leftOut) {
        return session.query(SqlResource.text("index_catalog"), IndexCatalog::index, leftOut, leftOut);
    }

    /**
     * A table, partitioned or not, or a materialized view, by a name that may lack its schema: that of the search path, or else the first
     * by schema. No right on it is needed.
     */
    public static Optional<QualifiedName> table(Session session, QualifiedName name) {
        String schema = name.schema() == null ? "" : name.schema();
        return session
                .query(
                        SqlResource.text("table_by_name"),
                        row -> new QualifiedName(row.getString("schema_name"), row.getString("name")),
                        name.name(),
                        schema,
                        schema)
                .stream()
                .findFirst();
    }

    /** Every foreign key that is not a partition's share of its parent's, by table and name. */
    public static List<ForeignKey> foreignKeys(Session session) {
        return session.query(
                SqlResource.text("foreign_keys"),
                row -> new ForeignKey(
                        row.getString("name"),
                        new QualifiedName(row.getString("table_schema"), row.getString("table_name")),
                        List.of((String[]) row.getArray("columns").getArray()),
                        new QualifiedName(row.getString("referenced_schema"), row.getString("referenced_name"))));
    }

    /**
     * An index as the server writes it.
     *
     * @throws PgattestException of the environment when this grammar is too old for what the server writes
     */
    public static IndexDefinition definition(String sql) {
        if (Grammar.parse(sql) instanceof SyntaxTree tree && tree.statements().size() == 1) {
            return IndexDefinition.of(ParseNode.of(tree.statements().get(0))).orElseThrow();
        }
        throw PgattestException.environment(
                "the server describes an index in a way that this version of pgattest cannot read: " + sql,
                "use a version of pgattest that knows this server's");
    }

    private static IndexDefinition parsed(String sql) {
        IndexDefinition kept = PARSED.get(sql);
        if (kept == null) {
            kept = definition(sql);
            PARSED.put(sql, kept);
        }
        return kept;
    }

    private static CatalogIndex index(ResultSet row) throws SQLException {
        String sql = row.getString("definition");
        String constraint = row.getString("constraint_name");
        IndexDefinition definition = parsed(withoutNames(sql, row.getString("name"), row.getString("qualified_table")));
        String parent = row.getString("parent_name");
        Array operators = row.getArray("exclusion_operators");
        if (operators != null) {
            definition = definition.excludingBy(List.of((String[]) operators.getArray()));
        }
        return new CatalogIndex(
                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                new QualifiedName(row.getString("table_schema"), row.getString("table_name")),
                sql,
                constraint == null
                        ? definition
                        : definition.ownedBy(
                                backing(row.getString("constraint_type"), definition), row.getBoolean("deferrable")),
                new CatalogIndex.Standing(
                        row.getBoolean("valid"),
                        row.getBoolean("ready"),
                        row.getBoolean("live"),
                        row.getBoolean("replica_identity"),
                        row.getBoolean("clustered")),
                constraint,
                parent == null ? null : new QualifiedName(row.getString("parent_schema"), parent),
                row.getBoolean("partitioned"),
                row.getLong("size_bytes"));
    }

    /**
     * The definition without the names of index and table, which it does not depend on: many tables of a database have indexes of the
     * same form, and parsing one takes longer than reading a hundred. The text as it is when it does not begin as expected.
     */
    private static String withoutNames(String sql, String name, String table) {
        String names = " INDEX " + Identifier.quote(name) + " ON ";
        for (String start : List.of("CREATE", "CREATE UNIQUE")) {
            for (String only : List.of("", "ONLY ")) {
                String whole = start + names + only + table + " ";
                if (sql.startsWith(whole)) {
                    return start + " INDEX ON t " + sql.substring(whole.length());
                }
            }
        }
        return sql;
    }

    /** A key {@code WITHOUT OVERLAPS} has an index that is not unique. */
    private static Backing backing(String constraintType, IndexDefinition definition) {
        if (constraintType.equals("x") || !definition.isUnique()) {
            return Backing.EXCLUSION;
        }
        return constraintType.equals("p") ? Backing.PRIMARY_KEY : Backing.UNIQUE;
    }
}
