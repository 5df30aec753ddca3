package dev.pgattest.postgres;

import dev.pgattest.health.HealthSnapshot.Gap;
import dev.pgattest.health.SequenceFacts;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads sequences and their values. The view {@code pg_sequences} is not used: the function behind it locks every sequence in
 * {@code ROW EXCLUSIVE} mode ({@code lock_and_open_sequence} in src/backend/commands/sequence.c), while reading a sequence as a table
 * takes {@code ACCESS SHARE}.
 */
record Sequences(Session session, ReadOnlyTransactions transactions, String role, List<Gap> gaps) {

    private static final int BATCH = 100;

    private record Definition(
            QualifiedName name,
            SequenceFacts.Range range,
            SequenceFacts.@org.jspecify.annotations.Nullable Column column,
            boolean mayRead) {}

    /** All that may be read and are not locked, by name; those that may not be read go to the gaps. */
    List<SequenceFacts> read(HealthLocks locks) {
        List<Definition> all = transactions.read(
                () -> session.query(SqlResource.text("health_sequences"), Sequences::definition, locks.array()));
        hidden(all);
        List<Definition> readable = all.stream().filter(Definition::mayRead).toList();
        List<SequenceFacts> facts = new ArrayList<>();
        for (int from = 0; from < readable.size(); from += BATCH) {
            List<Definition> batch = readable.subList(from, Math.min(from + BATCH, readable.size()));
            Map<Integer, Long> values = transactions.read(() -> values(batch));
            values.forEach((place, last) -> {
                Definition definition = batch.get(place);
                facts.add(new SequenceFacts(definition.name(), last, definition.range(), definition.column()));
            });
        }
        return facts;
    }

    private Map<Integer, Long> values(List<Definition> batch) {
        String sql = IntStream.range(0, batch.size())
                .mapToObj(place -> "select " + place + " as place, last_value from "
                        + batch.get(place).name().sql())
                .collect(Collectors.joining(" union all "));
        Map<Integer, Long> values = new TreeMap<>();
        session.query(sql, row -> values.put(row.getInt("place"), row.getLong("last_value")));
        return values;
    }

    private static Definition definition(ResultSet row) throws SQLException {
        QualifiedName table = HealthCatalog.name(row, "table_schema", "table_name");
        return new Definition(
                new QualifiedName(row.getString("schema_name"), row.getString("name")),
                new SequenceFacts.Range(
                        row.getLong("lowest"),
                        row.getLong("highest"),
                        row.getLong("increment"),
                        row.getBoolean("cycles")),
                table == null
                        ? null
                        : new SequenceFacts.Column(
                                table,
                                row.getString("column_name"),
                                row.getString("column_type"),
                                row.getLong("column_largest")),
                row.getBoolean("may_read"));
    }

    private void hidden(List<Definition> all) {
        List<String> names = all.stream()
                .filter(each -> !each.mayRead())
                .map(each -> each.name().sql())
                .toList();
        if (!names.isEmpty()) {
            String grantee = Identifier.quote(role);
            gaps.add(new Gap(
                    Gap.Kind.RIGHT,
                    "",
                    "the values of sequences are hidden from " + role
                            + ": whether they near their end could not be judged for " + HealthSchema.listed(names),
                    "grant pg_read_all_data to " + grantee + ";\n-- or, for one sequence: grant select on sequence "
                            + names.get(0) + " to " + grantee + ";"));
        }
    }
}
