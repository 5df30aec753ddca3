package dev.pgattest.files;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Utf8;
import dev.pgattest.workload.ProjectReader;
import dev.pgattest.workload.ProjectSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A project's folder on disk. Only regular files inside of it are read, links that lead out are not followed. */
public final class ProjectFolder implements ProjectSource {

    /** Far above any project file; what is larger was named by mistake. */
    static final long LARGEST_FILE_BYTES = 10L * 1024 * 1024;

    private static final int DEEPEST_FOLDER = 20;

    private final Path folder;

    private ProjectFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens a folder that has a {@code pgattest.yaml}. */
    public static Result<ProjectFolder> open(Path folder) {
        String example = "name a project's folder, for example `systems/skeldir`";
        if (!Files.exists(folder)) {
            return wrong("the folder '" + folder + "' does not exist", example);
        }
        if (!Files.isDirectory(folder)) {
            return wrong("'" + folder + "' is a file, expected a folder", example);
        }
        if (!Files.exists(folder.resolve(ProjectReader.PROJECT_FILE))) {
            return wrong(
                    "the folder '" + folder + "' has no " + ProjectReader.PROJECT_FILE,
                    example + "; a folder is a project by its " + ProjectReader.PROJECT_FILE);
        }
        try {
            return Result.of(new ProjectFolder(folder.toRealPath()));
        } catch (IOException e) {
            return unreadable(folder.toString());
        }
    }

    @Override
    public Result<String> text(String path) {
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
            return wrong("the file '" + path + "' does not exist", "create it or correct the path");
        }
        try {
            return read(path, file);
        } catch (IOException e) {
            return unreadable(path);
        }
    }

    private Result<String> read(String path, Path file) throws IOException {
        if (!file.toRealPath().startsWith(folder)) {
            return wrong(
                    "the file '" + path + "' is a link that leaves the project's folder",
                    "put a copy of the file into the project's folder");
        }
        if (!Files.isRegularFile(file)) {
            return wrong("'" + path + "' is not a file", "name a file");
        }
        if (!Files.isReadable(file)) {
            return unreadable(path);
        }
        if (Files.size(file) > LARGEST_FILE_BYTES) {
            return wrong(
                    "the file '" + path + "' has " + Files.size(file) + " bytes, more than "
                            + LARGEST_FILE_BYTES / (1024 * 1024) + " MB",
                    "name the right file, or split it");
        }
        return Utf8.decode(path, Files.readAllBytes(file));
    }

    @Override
    public Result<List<String>> sqlFiles(String path) {
        Path start = folder.resolve(path);
        if (!Files.isDirectory(start)) {
            String found = Files.exists(start)
                    ? "'" + path + "' is a file, expected a folder"
                    : "the folder '" + path + "' does not exist";
            return wrong(found, "create it or correct the path");
        }
        try (Stream<Path> files = Files.walk(start, DEEPEST_FOLDER)) {
            return Result.of(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".sql"))
                    .sorted()
                    .toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            return unreadable(path);
        }
    }

    private static <T> Result<T> unreadable(String path) {
        return wrong("'" + path + "' cannot be read", "give yourself the right to read it");
    }

    private static <T> Result<T> wrong(String message, String remedy) {
        return Result.rejected(Problem.ofInput(message, remedy));
    }
}
