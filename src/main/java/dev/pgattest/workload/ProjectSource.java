package dev.pgattest.workload;

import dev.pgattest.Result;
import java.util.List;

/**
 * Where a project's texts come from. A problem without a file is shown where the project's files refer to the path; a
 * problem in a file (a byte that is not UTF-8) is shown there.
 */
public interface ProjectSource {

    /**
     * The text of a file.
     *
     * @param path relative to the project's folder, with {@code /} between its parts
     */
    Result<String> text(String path);

    /** The paths of the {@code .sql} files in a folder and its folders, sorted, relative to the project's folder. */
    Result<List<String>> sqlFiles(String folder);
}
