package dev.pgattest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md, enforced. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 400;
    private static final String[] CORE = {
        "dev.pgattest",
        "dev.pgattest.document..",
        "dev.pgattest.sql..",
        "dev.pgattest.schema..",
        "dev.pgattest.workload..",
        "dev.pgattest.dataset..",
        "dev.pgattest.plan..",
        "dev.pgattest.growth..",
        "dev.pgattest.evidence..",
        "dev.pgattest.verdict..",
        "dev.pgattest.baseline..",
        "dev.pgattest.lint..",
        "dev.pgattest.drift..",
        "dev.pgattest.ledger..",
        "dev.pgattest.health..",
        "dev.pgattest.audit..",
        "dev.pgattest.signoff..",
        "dev.pgattest.governance..",
        "dev.pgattest.deploy..",
        "dev.pgattest.load..",
        "dev.pgattest.report..",
        "dev.pgattest.playbook..",
    };
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pgattest");

    @Test
    void the_core_does_no_input_or_output() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "java.net..",
                        "java.nio.file..",
                        "org.postgresql..",
                        "org.flywaydb..",
                        "picocli..",
                        "me.tongfei..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File.*|.*InputStream|.*OutputStream|RandomAccessFile)")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void the_core_reads_no_clock_and_no_randomness() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void data_flows_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.pgattest..")
                .withOptionalLayers(true)
                .layer("root")
                .definedBy("dev.pgattest")
                .layer("document")
                .definedBy("dev.pgattest.document..")
                .layer("sql")
                .definedBy("dev.pgattest.sql..")
                .layer("schema")
                .definedBy("dev.pgattest.schema..")
                .layer("workload")
                .definedBy("dev.pgattest.workload..")
                .layer("dataset")
                .definedBy("dev.pgattest.dataset..")
                .layer("plan")
                .definedBy("dev.pgattest.plan..")
                .layer("growth")
                .definedBy("dev.pgattest.growth..")
                .layer("evidence")
                .definedBy("dev.pgattest.evidence..")
                .layer("verdict")
                .definedBy("dev.pgattest.verdict..")
                .layer("baseline")
                .definedBy("dev.pgattest.baseline..")
                .layer("lint")
                .definedBy("dev.pgattest.lint..")
                .layer("drift")
                .definedBy("dev.pgattest.drift..")
                .layer("ledger")
                .definedBy("dev.pgattest.ledger..")
                .layer("health")
                .definedBy("dev.pgattest.health..")
                .layer("audit")
                .definedBy("dev.pgattest.audit..")
                .layer("signoff")
                .definedBy("dev.pgattest.signoff..")
                .layer("governance")
                .definedBy("dev.pgattest.governance..")
                .layer("deploy")
                .definedBy("dev.pgattest.deploy..")
                .layer("load")
                .definedBy("dev.pgattest.load..")
                .layer("report")
                .definedBy("dev.pgattest.report..")
                .layer("playbook")
                .definedBy("dev.pgattest.playbook..")
                .layer("process")
                .definedBy("dev.pgattest.process..")
                .layer("postgres")
                .definedBy("dev.pgattest.postgres..")
                .layer("files")
                .definedBy("dev.pgattest.files..")
                .layer("pipeline")
                .definedBy("dev.pgattest.pipeline..")
                .layer("cli")
                .definedBy("dev.pgattest.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("process")
                .mayOnlyBeAccessedByLayers("postgres", "files")
                .whereLayer("postgres")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("playbook")
                .mayOnlyBeAccessedByLayers("pipeline")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("playbook", "pipeline", "cli")
                .whereLayer("verdict")
                .mayOnlyBeAccessedByLayers("report", "pipeline", "cli", "files")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("report", "postgres", "pipeline", "cli")
                .whereLayer("baseline")
                .mayOnlyBeAccessedByLayers("report", "pipeline", "cli")
                .whereLayer("lint")
                .mayOnlyBeAccessedByLayers("report", "pipeline", "cli")
                .whereLayer("drift")
                .mayOnlyBeAccessedByLayers("report", "pipeline", "cli")
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("report", "postgres", "pipeline", "cli")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("report", "postgres", "pipeline", "cli")
                .whereLayer("governance")
                .mayOnlyBeAccessedByLayers("report", "pipeline", "cli")
                .whereLayer("signoff")
                .mayOnlyBeAccessedByLayers("governance", "report", "pipeline", "cli")
                .whereLayer("deploy")
                .mayOnlyBeAccessedByLayers("report", "playbook", "postgres", "pipeline", "cli")
                .whereLayer("load")
                .mayOnlyBeAccessedByLayers("report", "postgres", "pipeline", "cli")
                .whereLayer("evidence")
                .mayOnlyBeAccessedByLayers(
                        "verdict",
                        "baseline",
                        "drift",
                        "ledger",
                        "governance",
                        "load",
                        "report",
                        "postgres",
                        "files",
                        "pipeline",
                        "cli")
                .ensureAllClassesAreContainedInArchitectureIgnoring("dev.pgattest.benchmark..")
                .check(MAIN);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.pgattest.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void only_the_command_line_prints_and_exits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pgattest.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(MAIN);
    }

    @Test
    void only_the_postgres_package_knows_the_driver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pgattest.postgres..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.postgresql.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.sql.."))
                .check(MAIN);
    }

    @Test
    void every_package_is_null_marked_and_says_what_it_holds() throws IOException {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(MAIN);
        try (Stream<Path> folders = Files.walk(SOURCES.resolve("dev/pgattest"))) {
            List<Path> undocumented = folders.filter(Files::isDirectory)
                    .filter(ArchitectureTest::holdsSources)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
            assertThat(undocumented).isEmpty();
        }
    }

    @Test
    void no_main_file_is_longer_than_400_lines() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> long_files = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > LONGEST_FILE)
                    .toList();
            assertThat(long_files).isEmpty();
        }
    }

    private static boolean holdsSources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
