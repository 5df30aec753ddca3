package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibpqDefaultsTest {

    @TempDir
    Path home;

    @Test
    void the_environment_fills_in_what_the_string_leaves_open() {
        Map<String, String> variables = Map.of(
                "PGHOST",
                "h",
                "PGPORT",
                "6000",
                "PGUSER",
                "u",
                "PGPASSWORD",
                "p",
                "PGDATABASE",
                "d",
                "PGSSLMODE",
                "require",
                "PGOPTIONS",
                "-c geqo=off",
                "PGAPPNAME",
                "me",
                "PGCONNECT_TIMEOUT",
                "4");

        ConnectionSettings settings = settings("postgresql:///other", variables);

        assertThat(settings.display()).isEqualTo("postgresql://u@h:6000/other");
        assertThat(settings.password()).isEqualTo(new Secret("p"));
        assertThat(settings.jdbcProperties())
                .containsEntry("sslmode", "require")
                .containsEntry("options", "-c geqo=off")
                .containsEntry("ApplicationName", "me")
                .containsEntry("connectTimeout", "4");
    }

    @Test
    void a_service_goes_before_the_environment_and_after_the_string() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), """
                # comment
                [other]
                host=wrong
                [staging]
                host=staging.example
                port=6432
                user=ada
                dbname=shop
                [last]
                user=wrong
                """);

        ConnectionSettings settings = settings("service=staging user=grace", Map.of("PGHOST", "h", "PGPORT", "1"));

        assertThat(settings.display()).isEqualTo("postgresql://grace@staging.example:6432/shop");
    }

    @Test
    void a_service_may_come_from_variables_alone() throws IOException {
        Path file = Files.writeString(home.resolve("services"), "[s]\nhost=from-service\n");

        ConnectionSettings settings =
                settings("postgresql://", Map.of("PGSERVICE", "s", "PGSERVICEFILE", file.toString()));

        assertThat(settings.address()).isEqualTo("from-service:5432");
    }

    @Test
    void a_missing_service_is_bad_input_that_names_the_file() {
        assertThatThrownBy(() -> settings("service=nowhere", Map.of()))
                .hasMessage("the service nowhere is in none of [" + home.resolve(".pg_service.conf") + "]");
    }

    @Test
    void the_first_fitting_line_of_the_password_file_counts() throws IOException {
        passwordFile("rw-------", """
                # comment
                h:5433:*:u:other port
                h:5432:d:u:with\\:colon and \\\\
                *:*:*:*:last
                """);

        assertThat(settings("postgresql://u@h/d", Map.of()).password()).isEqualTo(new Secret("with:colon and \\"));
        assertThat(settings("postgresql://u@h/e", Map.of()).password()).isEqualTo(new Secret("last"));
        assertThat(settings("postgresql://u:given@h/d", Map.of()).password()).isEqualTo(new Secret("given"));
    }

    @Test
    void a_password_file_that_others_can_read_is_ignored_and_that_is_said() throws IOException {
        Path file = passwordFile("rw-r--r--", "*:*:*:*:secret\n");

        ConnectionSettings settings = settings("postgresql://u@h/d", Map.of());

        assertThat(settings.password()).isNull();
        assertThat(settings.passwordFileIgnored()).contains(file.toString()).contains("chmod 600");
        // An empty password keeps the driver from reading the file after all.
        assertThat(settings.jdbcProperties()).containsEntry("password", "");
    }

    private Path passwordFile(String mode, String text) throws IOException {
        Path file = Files.writeString(home.resolve(".pgpass"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private ConnectionSettings settings(String text, Map<String, String> variables) {
        return ConnectionSettings.parse(text, new LibpqEnvironment(variables, home, "tester"));
    }
}
