package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.postgres.ServerVersion;
import dev.pgattest.process.ProgramEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The two programs of PostgreSQL that a cluster needs.
 *
 * @param folder where {@code initdb} and {@code postgres} are, without symbolic links
 * @param version their version
 */
record Programs(Path folder, ServerVersion version) {

    /** Whether both programs are in the folder. */
    static boolean areIn(Path folder) {
        return Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres"));
    }

    /**
     * The programs of a folder that has them.
     *
     * @throws PgattestException of the environment when they do not run, of bad input when they are too old
     */
    static Programs in(Path folder) {
        try {
            // Distributions link single programs into /usr/bin; their libraries are found from where they really are.
            Path real = folder.resolve("postgres").toRealPath();
            ProgramEnd outcome = Commands.run(List.of(real.toString(), "--version"));
            if (outcome.status() != 0) {
                throw PgattestException.environment(
                        real + " does not run: " + outcome.output().strip(),
                        "repair or remove that installation, or name another in PGATTEST_PG_BIN");
            }
            String words = outcome.output().strip().replaceFirst("^.*\\(PostgreSQL\\)\\s*", "");
            Path home = Objects.requireNonNull(real.getParent());
            Programs programs = new Programs(home, ServerVersion.parse(words));
            programs.version.requireSupported(home.toString());
            return programs;
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot run the PostgreSQL of " + folder + ": " + e.getMessage(),
                    "repair that installation, or name another in PGATTEST_PG_BIN",
                    e);
        }
    }

    /** The path of {@code initdb}. */
    String initdb() {
        return folder.resolve("initdb").toString();
    }

    /** The path of {@code postgres}. */
    String postgres() {
        return folder.resolve("postgres").toString();
    }
}
