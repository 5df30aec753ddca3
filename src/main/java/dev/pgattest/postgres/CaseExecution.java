package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a case sends: the sources of its rows, then the statement itself, once or once a row. Nothing here begins or ends
 * a transaction.
 */
final class CaseExecution {

    private final CaseStatement statement;
    private final List<CaseStep> sources = new ArrayList<>();
    private final CaseStep last;
    private CaseStep current;
    private long issued;

    private CaseExecution(Connection connection, CaseStatement statement) throws SQLException {
        this.statement = statement;
        for (CaseStatement.Text source : statement.around().sources()) {
            sources.add(CaseStep.prepare(connection, source));
        }
        this.last = CaseStep.prepare(connection, statement.text());
        this.current = last;
    }

    /**
     * Prepares the statements in the driver.
     *
     * @throws PgattestException of bad input when neither the case nor a row gives a parameter its value
     */
    static CaseExecution prepare(Session session, CaseStatement statement) {
        CaseExecution execution = session.with("prepare", connection -> new CaseExecution(connection, statement));
        if (!execution.sources.isEmpty()) {
            session.with("describe", connection -> {
                execution.requireValues();
                return execution;
            });
        }
        return execution;
    }

    /** Rows of the statement itself as they arrive. */
    interface Rows {
        /** Takes the rows of one execution of the statement; null when it returns none. */
        void take(@Nullable ResultSet rows) throws SQLException;
    }

    /** Sends everything with the values of the case. */
    void run(Rows rows) throws SQLException {
        run(statement.values(), rows);
    }

    /** Sends everything with other values for the parameters of the case. */
    void run(Map<String, @Nullable String> values, Rows rows) throws SQLException {
        issued = 0;
        for (Map<String, @Nullable String> input : inputs(values)) {
            send(last, input, rows);
        }
    }

    /** The statement that was sent last, for messages. */
    CaseStep current() {
        return current;
    }

    /** Statements that the last run sent. */
    long issued() {
        return issued;
    }

    /** The parameters with which the statement runs first; sources run as far as that takes. */
    Map<String, @Nullable String> firstInput() throws SQLException {
        if (sources.isEmpty()) {
            return statement.values();
        }
        List<Map<String, @Nullable String>> inputs =
                statement.around().arrays() ? inputs(statement.values()) : firstInputs();
        if (inputs.isEmpty()) {
            throw PgattestException.badInput(List.of(Problem.ofFile(
                    current.file(),
                    "it returns no rows, so that nothing can be measured of " + statement.file(),
                    "correct it, or choose parameters for which there are rows")));
        }
        return inputs.get(0);
    }

    private List<Map<String, @Nullable String>> firstInputs() throws SQLException {
        List<Map<String, @Nullable String>> inputs = List.of(statement.values());
        for (CaseStep source : sources) {
            List<Map<String, @Nullable String>> found = new ArrayList<>();
            for (int i = 0; i < inputs.size() && found.isEmpty(); i++) {
                found.addAll(rows(source, statement.values(), inputs.get(i)));
            }
            inputs = found;
        }
        return inputs;
    }

    private List<Map<String, @Nullable String>> inputs(Map<String, @Nullable String> given) throws SQLException {
        List<Map<String, @Nullable String>> inputs = List.of(given);
        for (CaseStep source : sources) {
            List<Map<String, @Nullable String>> next = new ArrayList<>();
            for (Map<String, @Nullable String> input : inputs) {
                next.addAll(rows(source, given, input));
            }
            inputs = next;
        }
        return statement.around().arrays() ? List.of(arrays(given, inputs)) : inputs;
    }

    /** The case's values with those of each row of a source over them. */
    private List<Map<String, @Nullable String>> rows(
            CaseStep source, Map<String, @Nullable String> given, Map<String, @Nullable String> input)
            throws SQLException {
        List<Map<String, @Nullable String>> found = new ArrayList<>();
        send(source, input, rows -> {
            ResultRows read = rows == null ? ResultRows.EMPTY : ResultRows.read(rows);
            for (List<@Nullable String> row : read.rows()) {
                Map<String, @Nullable String> values = new LinkedHashMap<>(given);
                for (int i = 0; i < row.size(); i++) {
                    values.put(read.columns().get(i), row.get(i));
                }
                found.add(values);
            }
        });
        return found;
    }

    private Map<String, @Nullable String> arrays(
            Map<String, @Nullable String> given, List<Map<String, @Nullable String>> inputs) throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>(given);
        for (String column : sources.get(sources.size() - 1).columns()) {
            List<@Nullable String> all = new ArrayList<>();
            inputs.forEach(input -> all.add(input.get(column)));
            values.put(column, ArrayText.of(all));
        }
        return values;
    }

    private void send(CaseStep step, Map<String, @Nullable String> values, Rows rows) throws SQLException {
        current = step;
        issued++;
        step.execute(values, rows);
    }

    private void requireValues() throws SQLException {
        List<Problem> problems = new ArrayList<>();
        List<String> columns = List.of();
        for (CaseStep step : all()) {
            for (String parameter : step.parameters()) {
                if (!statement.values().containsKey(parameter) && !columns.contains(parameter)) {
                    String given = columns.stream().collect(Collectors.joining(", ", "the rows before it give ", ""));
                    problems.add(Problem.ofFile(
                            step.file(),
                            "nothing gives :" + parameter + " a value: the case has none, and "
                                    + (columns.isEmpty() ? "no row comes before it" : given),
                            "name a column of the query before it `" + parameter
                                    + "`, or give the case a parameter of that name"));
                }
            }
            columns = step == last ? List.of() : step.columns();
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems.stream().distinct().toList());
        }
    }

    void close() throws SQLException {
        for (CaseStep step : all()) {
            step.close();
        }
    }

    private List<CaseStep> all() {
        List<CaseStep> steps = new ArrayList<>(sources);
        steps.add(last);
        return steps;
    }
}
