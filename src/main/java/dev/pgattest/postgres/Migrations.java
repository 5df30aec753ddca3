package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/** Runs a project's migrations with Flyway. */
public final class Migrations {

    /** Kept, because a logger that nothing refers to is collected together with its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private static final int SHOWN_LINES = 4;

    private Migrations() {}

    /** Whether any migration has run in the session's database, if only one that made no table. */
    public static boolean haveRunIn(Session session) {
        return session.text("select pg_catalog.to_regclass('flyway_schema_history') is not null")
                .equals("t");
    }

    /**
     * Brings the database to the last migration of a folder.
     *
     * @param name the folder as the user knows it, for messages
     * @throws PgattestException with file and line when a migration is wrong
     */
    public static void run(ConnectionSettings settings, Path folder, String name) {
        // Flyway tells its progress on standard error, which is ours, and repeats there the failures that it throws.
        FLYWAY.setLevel(Level.OFF);
        Map<String, String> properties = new HashMap<>();
        settings.jdbcProperties().forEach((key, value) -> properties.put((String) key, (String) value));
        try {
            Flyway.configure()
                    .loggers("auto")
                    .dataSource(settings.jdbcUrl(), settings.user(), properties.remove("password"))
                    .jdbcProperties(properties)
                    .locations("filesystem:" + folder)
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayMigrateException e) {
            throw failure(e, folder, name, settings);
        } catch (FlywayException e) {
            throw PgattestException.badInput(List.of(
                    Problem.ofFile(name, message(e), "name migrations V1__description.sql, V2__description.sql, ...")));
        }
    }

    private static PgattestException failure(
            FlywayMigrateException e, Path folder, String name, ConnectionSettings settings) {
        SQLException cause = sqlException(e);
        if (cause == null) {
            return PgattestException.badInput(List.of(Problem.ofFile(name, message(e), "correct the migration")));
        }
        SqlFailure failure = DatabaseFailure.ofStatement(cause, "", settings);
        if (failure.isTrouble()) {
            return failure;
        }
        Path file = Path.of(e.getAbsolutePathOnDisk());
        String shown = file.startsWith(folder) ? name + "/" + folder.relativize(file) : file.toString();
        return PgattestException.badInput(List.of(new Problem(
                shown, Math.max(e.getLineNumber(), 0), 0, failure.serverMessage(), "correct the migration")));
    }

    private static @org.jspecify.annotations.Nullable SQLException sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }

    /** The first lines as one: Flyway lists the files that are wrong below a heading. */
    private static String message(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(SHOWN_LINES)
                .collect(Collectors.joining(" "));
    }
}
