package dev.pgattest.benchmark;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** PostgreSQL's own client, for baselines. */
record Psql(ConnectionSettings settings, String password) {

    /** A client of that database. */
    static Psql to(Connections database) {
        ConnectionSettings settings = database.settings();
        return new Psql(settings, Objects.requireNonNull(settings.password()).value());
    }

    /** Whether it is on the path. */
    static boolean isInstalled() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, "psql"))) {
                return true;
            }
        }
        return false;
    }

    /** Runs commands in one session, one after the other; any failure ends the program. */
    void run(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-X", "-q", "-v", "ON_ERROR_STOP=1"));
        all.addAll(arguments);
        run("psql", all);
    }

    /** Runs another program of PostgreSQL with the connection in its environment; a failure ends this one. */
    void run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", settings.hosts().get(0).host(),
                        "PGPORT", String.valueOf(settings.hosts().get(0).port()),
                        "PGUSER", settings.user(),
                        "PGDATABASE", settings.database(),
                        "PGPASSWORD", password));
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(program + " ended with " + status + ": " + command);
            }
        } catch (IOException e) {
            throw new IllegalStateException(program + " did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
