package dev.pgattest.testing;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** PostgreSQL's own client on a database: of {@code PGATTEST_PG_BIN}, on the path, or where Debian puts it. */
public final class Psql {

    private final ConnectionSettings settings;
    private final String[] environment;

    private Psql(ConnectionSettings settings, String... environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** A client of that database. Where none is installed, the test that asks for it is skipped. */
    public static Psql to(Connections database) {
        Assumptions.assumeTrue(program().isPresent(), "psql is not installed");
        return new Psql(database.settings());
    }

    /** The same with one more variable of the environment. */
    public Psql with(String name, String value) {
        return new Psql(settings, name, value);
    }

    /**
     * How it ended.
     *
     * @param status its exit status
     * @param output everything that it printed
     */
    public record End(int status, String output) {}

    /** Runs it to its end. */
    public End run(String... arguments) {
        try {
            Process process = start(arguments);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new End(process.waitFor(), output);
        } catch (IOException e) {
            throw new IllegalStateException("psql did not run; install PostgreSQL's client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Starts it. Both its outputs come together. */
    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program().orElse("psql"), "-X"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGHOST", settings.hosts().get(0).host());
        builder.environment()
                .put("PGPORT", String.valueOf(settings.hosts().get(0).port()));
        builder.environment().put("PGUSER", settings.user());
        builder.environment().put("PGDATABASE", settings.database());
        builder.environment()
                .put("PGPASSWORD", Objects.requireNonNull(settings.password()).value());
        builder.environment().put("LC_ALL", "C");
        for (int index = 0; index < environment.length; index += 2) {
            builder.environment().put(environment[index], environment[index + 1]);
        }
        return builder.start();
    }

    private static Optional<String> program() {
        List<Path> folders = new ArrayList<>();
        folders.add(Path.of(System.getenv().getOrDefault("PGATTEST_PG_BIN", "none")));
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            folders.add(Path.of(folder));
        }
        File[] versions = new File("/usr/lib/postgresql").listFiles();
        for (File version : versions == null ? new File[0] : versions) {
            folders.add(version.toPath().resolve("bin"));
        }
        return folders.stream()
                .map(folder -> folder.resolve("psql"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
