package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the index plan. */
final class IndexPlanReader {

    private static final Pattern CREATE = Pattern.compile("create\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final ContractReader contracts;
    private final List<String> queries;

    /** A reader that knows the names of all queries and jobs. */
    IndexPlanReader(ReferencedFiles files, Workload workload) {
        this.contracts = new ContractReader(files);
        this.queries = workload.statements().stream().map(Query::name).toList();
    }

    IndexPlan read(Entry root) {
        List<PlannedIndex> indexes = new ArrayList<>();
        for (Entry entry : root.at("indexes").children()) {
            if (!Identifier.fits(entry.name())) {
                entry.rejectKey(
                        "the name '" + entry.name() + "' is longer than 63 bytes; the server would cut it off",
                        "shorten it");
            }
            if (entry.isMapping()) {
                index(entry).ifPresent(indexes::add);
            }
        }
        return new IndexPlan(indexes);
    }

    private Optional<PlannedIndex> index(Entry entry) {
        Optional<QualifiedName> table = entry.at("table").parsed(IndexPlanReader::table);
        Optional<IndexStatement> statement =
                table.flatMap(name -> entry.at("definition").parsed(text -> statement(entry.name(), name, text)));
        Optional<Decision> decision =
                entry.at("decision").text().map(word -> Decision.valueOf(word.toUpperCase(Locale.ROOT)));
        PlannedIndex.Purpose purpose = purpose(entry);
        String rationale = entry.at("rationale").textOr("");
        if (decision.isPresent() && !decision.get().isWanted() && rationale.isBlank()) {
            entry.rejectKey(
                    "'" + entry.name() + "' has the decision " + decision.get().word() + " and no rationale",
                    "write why: `rationale: ...`");
        }
        return statement.isPresent() && decision.isPresent()
                ? Optional.of(new PlannedIndex(
                        entry.name(), table.get(), statement.get(), purpose, decision.get(), rationale))
                : Optional.empty();
    }

    private PlannedIndex.Purpose purpose(Entry entry) {
        Entry serves = entry.at("serves");
        serves.elements().forEach(query -> Names.requireKnownText(query, "query", queries));
        return new PlannedIndex.Purpose(
                serves.texts(),
                entry.at("enforces").textOr(""),
                entry.at("supports").textOr(""),
                entry.at("contract").isMapping()
                        ? contracts.read(entry.at("contract")).orElse(null)
                        : null,
                entry.at("justification").textOr(""),
                entry.at("target").parsed(Slo::parse).orElse(null));
    }

    private static Result<QualifiedName> table(String text) {
        return QualifiedName.exact(text)
                .map(Result::of)
                .orElseGet(() -> wrong("'" + text + "' is no name of a table", "write `table` or `schema.table`"));
    }

    private static Result<IndexStatement> statement(String name, QualifiedName table, String text) {
        if (!CREATE.matcher(text.strip()).matches()) {
            return IndexStatement.constraint(name, table, text.strip());
        }
        return IndexStatement.parse(text).then(statement -> ofTable(statement, name, table));
    }

    private static Result<IndexStatement> ofTable(IndexStatement statement, String name, QualifiedName table) {
        QualifiedName written = statement.table();
        boolean otherSchema = written.schema() != null
                && table.schema() != null
                && !written.schema().equals(table.schema());
        if (otherSchema || !written.name().equals(table.name())) {
            return wrong(
                    "the definition is of the table " + written.sql() + ", not of " + table.sql(),
                    "correct the table or the definition");
        }
        Optional<String> other = statement.indexName().filter(each -> !each.equals(name));
        return other.isPresent()
                ? wrong(
                        "the definition is of the index '" + other.get() + "', not of '" + name + "'",
                        "correct the name or the definition")
                : Result.of(statement);
    }

    private static <T> Result<T> wrong(String message, String remedy) {
        return Result.rejected(Problem.ofInput(message, remedy));
    }
}
