package dev.pgattest.postgres;

import dev.pgattest.audit.AuditSnapshot.Rule;
import dev.pgattest.audit.AuditSnapshot.Schema;
import dev.pgattest.audit.AuditSnapshot.Trigger;
import dev.pgattest.audit.KeyFacts;
import dev.pgattest.audit.PolicyFacts;
import dev.pgattest.audit.Relation;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads relations, policies and keys for an audit.
 *
 * @param session within a read-only transaction
 * @param locked relations that nobody can read at this moment, as an array of the server's
 */
record AuditSchema(Session session, String locked) {

    /** A column with the relation that it belongs to. */
    private record Column(long relation, Relation.Column column) {}

    Schema read() {
        Map<Long, List<Relation.Column>> columns = columns();
        List<Relation> relations = session.query(
                SqlResource.text("audit_relations"),
                row -> relation(row, columns.getOrDefault(row.getLong("oid"), List.of())),
                locked);
        return new Schema(relations, policies(), keys(), references(), bases(), leading(), rules());
    }

    private Map<Long, List<Relation.Column>> columns() {
        return session
                .query(
                        SqlResource.text("audit_columns"),
                        row -> new Column(
                                row.getLong("relation"),
                                new Relation.Column(
                                        row.getString("name"),
                                        row.getString("type"),
                                        row.getBoolean("not_null"),
                                        Relation.Filled.valueOf(row.getString("filled")))),
                        locked)
                .stream()
                .collect(Collectors.groupingBy(
                        Column::relation, Collectors.mapping(Column::column, Collectors.toList())));
    }

    private static Relation relation(ResultSet row, List<Relation.Column> columns) throws SQLException {
        return new Relation(
                row.getLong("oid"),
                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                Relation.Kind.of(row.getString("kind")),
                row.getString("owner"),
                new Relation.Security(row.getBoolean("row_security"), row.getBoolean("forced")),
                new Relation.Lineage(row.getBoolean("is_partition"), numbers(row, "parents")),
                columns,
                new Relation.View(
                        row.getString("definition"), Set.copyOf(texts(row, "options")), row.getBoolean("insertable")));
    }

    private List<PolicyFacts> policies() {
        return session.query(
                SqlResource.text("audit_policies"),
                row -> new PolicyFacts(
                        row.getLong("table_id"),
                        row.getString("name"),
                        row.getBoolean("permissive"),
                        PolicyFacts.Command.of(row.getString("command")),
                        Set.copyOf(texts(row, "roles")),
                        row.getString("using_text"),
                        row.getString("check_text"),
                        new PolicyFacts.Calls(
                                Set.copyOf(texts(row, "columns")),
                                numbers(row, "functions"),
                                new HashSet<>(texts(row, "volatiles")))),
                locked);
    }

    private List<KeyFacts> keys() {
        return session.query(
                SqlResource.text("audit_keys"),
                row -> new KeyFacts(
                        row.getLong("table_id"),
                        row.getString("name"),
                        row.getBoolean("is_constraint"),
                        texts(row, "columns"),
                        row.getString("key_text")),
                locked);
    }

    private List<KeyFacts.Reference> references() {
        return session.query(
                SqlResource.text("audit_references"),
                row -> new KeyFacts.Reference(
                        row.getLong("table_id"),
                        row.getString("name"),
                        texts(row, "columns"),
                        row.getLong("target"),
                        texts(row, "target_columns")));
    }

    private Map<Long, Set<Long>> bases() {
        Map<Long, Set<Long>> bases = new HashMap<>();
        session.query(
                SqlResource.text("audit_bases"),
                row -> bases.put(row.getLong("view"), Set.copyOf(numbers(row, "bases"))));
        return bases;
    }

    private Map<Long, Set<String>> leading() {
        Map<Long, Set<String>> leading = new HashMap<>();
        session.query(
                SqlResource.text("audit_leading"),
                row -> leading.put(row.getLong("table_id"), Set.copyOf(texts(row, "columns"))));
        return leading;
    }

    private List<Rule> rules() {
        return session.query(
                SqlResource.text("audit_rules"),
                row -> new Rule(row.getLong("relation"), row.getString("name"), row.getString("event")));
    }

    List<Trigger> triggers() {
        return session.query(
                SqlResource.text("audit_triggers"),
                row -> new Trigger(row.getLong("table_id"), row.getString("name"), row.getLong("function")));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    static List<Long> numbers(ResultSet row, String column) throws SQLException {
        return List.of((Long[]) row.getArray(column).getArray());
    }
}
