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
 */
public record CaseStatement(
        String file,
        NamedSql sql,
        Map<String, @Nullable String> values,
        @Nullable String role,
        Map<String, String> settings,
        boolean writes) {

    public CaseStatement {
        values = new LinkedHashMap<>(values);
        settings = new LinkedHashMap<>(settings);
    }

    /** Values in the order of the {@code ?} of the JDBC form. */
    List<@Nullable String> jdbcValues() {
        List<@Nullable String> ordered = new ArrayList<>();
        sql.jdbcParameters().forEach(name -> ordered.add(values.get(name)));
        return ordered;
    }

    /** Arguments of {@code EXECUTE} as literals, in parentheses; empty without parameters. */
    String executeArguments() {
        List<@Nullable String> ordered = jdbcValues();
        if (ordered.isEmpty()) {
            return "";
        }
        return ordered.stream()
                .map(value -> value == null ? "null" : Literal.quote(value))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
