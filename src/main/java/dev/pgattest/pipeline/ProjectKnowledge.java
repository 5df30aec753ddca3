package dev.pgattest.pipeline;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.dataset.DatasetBinding;
import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.dataset.DatasetSpec;
import dev.pgattest.dataset.TableSpec;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.sql.NamedSql;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SyntaxProblems;
import dev.pgattest.sql.WritingSql;
import dev.pgattest.verdict.RedFlagRules;
import dev.pgattest.verdict.Threshold;
import dev.pgattest.workload.DatasetNames;
import dev.pgattest.workload.ProjectRules;
import dev.pgattest.workload.SqlInspector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that the program knows and a project is checked against: SQL's grammar, its dataset's names, the red flags. */
final class ProjectKnowledge {

    /** PostgreSQL's own grammar. */
    static final SqlInspector GRAMMAR = new ByGrammar();

    /** The rules of {@code check} and of every command that reads a project. */
    static final ProjectRules RULES =
            new ProjectRules(GRAMMAR, file -> dataset(file).then(spec -> Result.of(names(spec))), redFlags());

    private ProjectKnowledge() {}

    /** The declaration in a dataset's file. */
    static Result<DatasetSpec> dataset(SqlFile file) {
        return Document.parse(file.path(), file.text())
                .then(document -> DocumentSchema.of("dataset").accept(document))
                .then(document -> {
                    DatasetBinding.Binding binding = DatasetBinding.bind(document.root(), document::problem);
                    return binding.spec() == null ? Result.rejected(binding.problems()) : Result.of(binding.spec());
                });
    }

    private static DatasetNames names(DatasetSpec spec) {
        return new DatasetNames() {
            @Override
            public List<String> profiles() {
                return spec.profiles().stream().map(DatasetProfile::name).toList();
            }

            @Override
            public List<String> tables() {
                return spec.tables().stream().map(TableSpec::name).toList();
            }

            @Override
            public List<String> columns(String table) {
                Optional<TableSpec> found = spec.table(table);
                return found.map(each -> each.columns().stream()
                                .map(column -> column.name())
                                .toList())
                        .orElse(List.of());
            }
        };
    }

    private static Map<String, Set<String>> redFlags() {
        return RedFlagRules.ids().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        id -> RedFlagRules.thresholds(id).stream()
                                .map(Threshold::key)
                                .collect(Collectors.toSet())));
    }

    /** PostgreSQL's own grammar. */
    private static final class ByGrammar implements SqlInspector {

        @Override
        public Findings inspectQuery(SqlFile file) {
            List<Problem> problems = SyntaxProblems.inQuery(file.path(), file.text());
            return problems.isEmpty() && NamedSql.parse(file.text()) instanceof NamedSql query
                    ? new Findings(Set.copyOf(query.parameters()), WritingSql.in(query), problems)
                    : new Findings(Set.of(), "", problems);
        }

        @Override
        public List<Problem> inspectScript(SqlFile file) {
            return SyntaxProblems.inScript(file.path(), file.text());
        }
    }
}
