package dev.pgattest.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Plans that real servers printed, PostgreSQL 15.18 and 18.6, in {@code src/test/resources/plans}. */
public final class Plans {

    private static final Path FOLDER = Path.of("src/test/resources/plans");

    private Plans() {}

    /** The names of all of them, sorted. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of one. */
    public static String json(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One, read. */
    public static ExplainOutput plan(String name) {
        return PlanParser.parse(json(name));
    }

    /** Where what is expected of one stands. */
    public static Path expected(String name) {
        return FOLDER.resolve(name + ".expected");
    }
}
