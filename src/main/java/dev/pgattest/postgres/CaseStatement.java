package dev.pgattest.postgres;

import dev.pgattest.sql.Literal;
import dev.pgattest.sql.NamedSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query with the parameters of one case, ready to run as the application runs it.
 *
 * @param file file of the SQL, for messages
 * @param sql the query with its named parameters
 * @param values a value for every named parameter in PostgreSQL's text format; null is SQL's NULL
 * @param role role that runs it; null for the connecting role
 * @param settings session settings in order, such as the tenant that row-level security reads
 * @param writes whether it changes rows; each execution is rolled back
 * @param around the statements that belong to it; {@link Around#NOTHING} for one that stands alone
 */
public record CaseStatement(
        String file,
        NamedSql sql,
        Map<String, @Nullable String> values,
        @Nullable String role,
        Map<String, String> settings,
        boolean writes,
        Around around) {

    public CaseStatement {
        values = new LinkedHashMap<>(values);
        settings = new LinkedHashMap<>(settings);
    }

    /** A statement that stands alone. */
    public CaseStatement(
            String file,
            NamedSql sql,
            Map<String, @Nullable String> values,
            @Nullable String role,
            Map<String, String> settings,
            boolean writes) {
        this(file, sql, values, role, settings, writes, Around.NOTHING);
    }

    /**
     * What belongs to a statement.
     *
     * @param sources queries for whose rows it runs; the first runs once, each further one for every row of the one before
     * @param arrays whether it runs once for all rows of the last source, with an array for each of their columns
     * @param check a query whose rows say what it has done; null when its own rows do
     */
    public record Around(
            List<Text> sources, boolean arrays, @Nullable Text check) {

        /** One statement that stands alone. */
        public static final Around NOTHING = new Around(List.of(), false, null);

        public Around {
            sources = List.copyOf(sources);
        }
    }

    /** A statement with the file that it stands in, for messages. */
    public record Text(String file, NamedSql sql) {}

    /** The statement itself. */
    Text text() {
        return new Text(file, sql);
    }

    /** Values in the order of the {@code ?} of the JDBC form. */
    List<@Nullable String> jdbcValues() {
        return jdbcValues(values);
    }

    private List<@Nullable String> jdbcValues(Map<String, @Nullable String> given) {
        List<@Nullable String> ordered = new ArrayList<>();
        sql.jdbcParameters().forEach(name -> ordered.add(given.get(name)));
        return ordered;
    }

    /** Arguments of {@code EXECUTE} as literals, in parentheses; empty without parameters. */
    String executeArguments(Map<String, @Nullable String> given) {
        List<@Nullable String> ordered = jdbcValues(given);
        if (ordered.isEmpty()) {
            return "";
        }
        return ordered.stream()
                .map(value -> value == null ? "null" : Literal.quote(value))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
