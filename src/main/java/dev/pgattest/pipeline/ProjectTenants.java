package dev.pgattest.pipeline;

import dev.pgattest.audit.AuditScope;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Statement;
import dev.pgattest.workload.Statement.SessionSetting;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a project says about its tenants: the linter's tenant column, and the session that its queries run in. */
final class ProjectTenants {

    private ProjectTenants() {}

    /** The setting that most queries take from a parameter, and the roles of those queries. */
    static AuditScope.Known of(LoadedProject loaded) {
        List<Statement> statements = loaded.project().workload().statements().stream()
                .map(Query::statement)
                .toList();
        Optional<String> setting = setting(statements);
        List<Statement> ofTenants = statements.stream()
                .filter(statement -> statement.session().stream()
                        .anyMatch(each -> setting.filter(each.name()::equals).isPresent()
                                && each.parameter().isPresent()))
                .toList();
        Map<String, String> others = new HashMap<>();
        ofTenants.stream()
                .flatMap(statement -> statement.session().stream())
                .filter(each -> each.parameter().isEmpty())
                .forEach(each -> others.put(each.name(), each.value()));
        List<String> roles = ofTenants.stream()
                .map(Statement::role)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .sorted()
                .toList();
        return new AuditScope.Known(
                LintSql.ofProject(loaded.folder()).tenantColumn(), setting.orElse(null), others, roles, "the project");
    }

    private static Optional<String> setting(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement.session().stream())
                .filter(each -> each.parameter().isPresent() && each.name().contains("."))
                .collect(Collectors.groupingBy(SessionSetting::name, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
