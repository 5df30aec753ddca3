package dev.pgattest.pipeline;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Repetition;
import dev.pgattest.workload.Statement;
import dev.pgattest.workload.Variant;
import java.util.HashMap;
import java.util.List;
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

    /** What runs, of a query or of a variant. */
    private record Run(
            SqlFile sql, boolean writes, @Nullable Repetition repetition) {

        static Run of(Query query) {
            Statement own = query.statement();
            return new Run(own.sql(), own.writes(), own.sequence().repetition());
        }

        static Run of(Variant variant) {
            return new Run(variant.sql(), variant.writes(), variant.repetition());
        }
    }

    /** A case of the query's own SQL. */
    CaseStatement original(Query query, Case each) {
        return statement(query, each, Run.of(query));
    }

    /** A case of a variant. */
    CaseStatement variant(Query query, Case each, Variant variant) {
        return statement(query, each, Run.of(variant));
    }

    private CaseStatement statement(Query query, Case each, Run run) {
        return of(
                query,
                known.computeIfAbsent(new Key(query.name(), each.name()), key -> values.of(key.query(), each)),
                run);
    }

    /** A query's own SQL, or what a state has instead of it, with these parameters. */
    static CaseStatement inState(Query query, String state, Map<String, @Nullable String> parameters) {
        return of(
                query,
                parameters,
                query.statement().variantIn(state).map(Run::of).orElseGet(() -> Run.of(query)));
    }

    private static CaseStatement of(Query query, Map<String, @Nullable String> parameters, Run run) {
        Map<String, String> texts = new HashMap<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                texts.put(name, value);
            }
        });
        SqlFile check = query.statement().sequence().check();
        return new CaseStatement(
                run.sql().path(),
                text(run.sql()).sql(),
                parameters,
                query.statement().role(),
                query.statement().sessionValues(texts),
                run.writes(),
                around(run.repetition(), check));
    }

    private static CaseStatement.Around around(@Nullable Repetition repetition, @Nullable SqlFile check) {
        return new CaseStatement.Around(
                repetition == null
                        ? List.of()
                        : repetition.sources().stream()
                                .map(CaseStatements::text)
                                .toList(),
                repetition != null && repetition.form() == Repetition.Form.FOR_ALL,
                check == null ? null : text(check));
    }

    private static CaseStatement.Text text(SqlFile file) {
        if (!(NamedSql.parse(file.text()) instanceof NamedSql sql)) {
            throw new IllegalStateException("the project was checked, but this is no statement: " + file.path());
        }
        return new CaseStatement.Text(file.path(), sql);
    }
}
