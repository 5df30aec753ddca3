package dev.pgattest.pipeline;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Variant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes cases ready to run: SQL, values of the parameters, role and session settings. */
final class CaseStatements {

    private final ParameterValues values;
    private final Map<Key, Map<String, @Nullable String>> known = new HashMap<>();

    CaseStatements(Dataset dataset) {
        this.values = new ParameterValues(dataset);
    }

    /** A case of a query; its values do not depend on the state. */
    private record Key(String query, String caseName) {}

    /** A case of the query's own SQL. */
    CaseStatement original(Query query, Case each) {
        return statement(query, each, query.statement().sql(), query.statement().writes());
    }

    /** A case of a variant. */
    CaseStatement variant(Query query, Case each, Variant variant) {
        return statement(query, each, variant.sql(), variant.writes());
    }

    private CaseStatement statement(Query query, Case each, SqlFile file, boolean writes) {
        return of(
                query,
                known.computeIfAbsent(new Key(query.name(), each.name()), key -> values.of(key.query(), each)),
                file,
                writes);
    }

    /** A query's own SQL, or what a state has instead of it, with these parameters. */
    static CaseStatement inState(Query query, String state, Map<String, @Nullable String> parameters) {
        return query.statement()
                .variantIn(state)
                .map(variant -> of(query, parameters, variant.sql(), variant.writes()))
                .orElseGet(() -> of(
                        query,
                        parameters,
                        query.statement().sql(),
                        query.statement().writes()));
    }

    private static CaseStatement of(
            Query query, Map<String, @Nullable String> parameters, SqlFile file, boolean writes) {
        Map<String, String> texts = new HashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, value);
            }
        });
        if (!(NamedSql.parse(file.text()) instanceof NamedSql sql)) {
            throw new IllegalStateException("the project was checked, but this is no statement: " + file.path());
        }
        return new CaseStatement(
                file.path(),
                sql,
                parameters,
                query.statement().role(),
                query.statement().sessionValues(texts),
                writes);
    }
}
