package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Severity;
import dev.pgattest.drift.DriftReport;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.testing.GeneratedFile;
import dev.pgattest.workload.PlannedIndex.Contract;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index plans of the reference systems as documents. */
class IndexPlanPageTest {

    static List<Path> plannedSystems() throws IOException {
        return SystemsTest.systems().stream()
                .filter(system -> Files.exists(system.resolve("indexes.yaml")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("plannedSystems")
    void the_document_follows_the_plan_and_the_evidence(Path system) throws IOException {
        LoadedProject loaded = LoadedProject.read(system);

        String document = CompareIndexes.document(loaded, FoundEvidence.of(loaded, null));

        GeneratedFile.assertUpToDate(system.resolve("index-plan.md"), document);
        loaded.project()
                .indexPlan()
                .indexes()
                .forEach(index -> assertThat(document).contains("### " + index.name() + "\n"));
    }

    @ParameterizedTest
    @MethodSource("plannedSystems")
    void the_gate_has_what_the_plan_wants_and_its_evidence_bears_it_out(Path system) {
        IndexesRequest request = new IndexesRequest(system, OwnServer.EMBEDDED, null, null);

        DriftReport report = new CompareIndexes(request, Progress.SILENT).run().report();

        assertThat(report.notes()).isEmpty();
        assertThat(report.findings()).allMatch(finding -> finding.severity() == Severity.INFO);
    }

    /** A query that names an endpoint names one that an interface declares, and its index too. */
    @ParameterizedTest
    @MethodSource("plannedSystems")
    void the_interfaces_have_the_operations_that_queries_and_indexes_are_for(Path system) {
        Project project = LoadedProject.read(system).project();
        List<String> operations = project.indexPlan().indexes().stream()
                .flatMap(index -> index.purpose().needingOperation().stream())
                .map(Contract::operation)
                .distinct()
                .toList();

        assertThat(project.workload().queries())
                .extracting(IndexPlanPageTest::operation)
                .filteredOn(Optional::isPresent)
                .extracting(Optional::get)
                .isNotEmpty()
                .allMatch(operations::contains);
    }

    /** The endpoint without its parameters; empty for a worker. */
    private static Optional<String> operation(Query query) {
        String serves = query.purpose().serves();
        return serves.matches("[A-Z]+ /.*") ? Optional.of(serves.replaceFirst("\\?.*", "")) : Optional.empty();
    }
}
