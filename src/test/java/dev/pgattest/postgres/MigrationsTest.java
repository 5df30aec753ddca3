package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {

    private final Connections connections = TestCluster.freshDatabase();

    @TempDir
    Path temporary;

    @Test
    void wrong_sql_is_named_with_file_and_line() throws IOException {
        write("migrations/V1__first.sql", "create table a (id int);\n");
        write("migrations/sub/V2__second.sql", "create table b (id int);\n\nalter table nothing\n  add x int;\n");

        PgattestException failure = failure("migrations");

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("migrations/sub/V2__second.sql:3");
            assertThat(problem.message()).isEqualTo("relation \"nothing\" does not exist");
            assertThat(problem.remedy()).isEqualTo("correct the migration");
        });
    }

    @Test
    void a_wrong_file_name_is_refused_with_the_right_form() throws IOException {
        write("migrations/V1__first.sql", "create table a (id int);\n");
        write("migrations/V2_second.sql", "create table b (id int);\n");

        PgattestException failure = failure("migrations");

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("migrations");
            assertThat(problem.message()).contains("V2_second.sql");
            assertThat(problem.remedy()).isEqualTo("name migrations V1__description.sql, V2__description.sql, ...");
        });
    }

    @Test
    void a_version_that_two_files_have_is_refused() throws IOException {
        write("migrations/V1__first.sql", "create table a (id int);\n");
        write("migrations/V1__other.sql", "create table b (id int);\n");

        assertThat(failure("migrations").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure("migrations")).hasMessageContaining("more than one migration with version 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "größe", "a+b%20c", "what?", "st*r", "[list]", "a,b", "{x}", "$1 #2"})
    void the_folder_may_have_any_name(String name) throws IOException {
        write(name + "/V1__first.sql", "create table a (id int);\n");

        Migrations.run(connections.settings(), temporary.resolve(name), name);

        try (Session session = connections.open()) {
            assertThat(session.text("select to_regclass('a') is not null")).isEqualTo("t");
        }
    }

    private PgattestException failure(String name) {
        return Failures.of(() -> Migrations.run(connections.settings(), temporary.resolve(name), name));
    }

    private void write(String path, String text) throws IOException {
        Path file = temporary.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
