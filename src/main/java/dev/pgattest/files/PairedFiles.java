package dev.pgattest.files;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds files and changes one that names them: all of it happens, or nothing. */
public final class PairedFiles {

    private static final String AGAIN = "run the same command again";

    private PairedFiles() {}

    /** A file that does not exist yet; missing folders are made. */
    public record NewFile(Path path, String text) {}

    /**
     * Adds files, then replaces another one that names them. That one is locked meanwhile, and must still have the text that the change
     * was made for. A crash in between leaves added files without anything that names them.
     *
     * @param added files to add; may be none
     * @param changed file that names them
     * @param before the text that it must still have, without a byte order mark
     * @param after its new text
     * @throws PgattestException of bad input when an added file exists or the other one has changed, of the environment when the disk
     *     refuses; all files are then as they were
     */
    public static void write(List<NewFile> added, Path changed, String before, String after) {
        List<Path> made = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            requireUnchanged(lock, changed, before);
            for (NewFile file : added) {
                makeFolders(file.path().toAbsolutePath().getParent(), made);
                Files.writeString(file.path(), file.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                made.add(file.path());
            }
            AtomicFile.replace(changed, after);
            made.clear();
        } catch (OverlappingFileLockException e) {
            throw PgattestException.badInput("'" + changed + "' is being changed by another run", AGAIN);
        } catch (FileAlreadyExistsException e) {
            throw PgattestException.badInput("the file '" + e.getFile() + "' exists already", "choose another name");
        } catch (IOException e) {
            throw PgattestException.environment(
                    "'" + changed + "' and what it names cannot be written: " + e.getMessage(),
                    "check the free space and the rights of their folders",
                    e);
        } finally {
            undo(made);
        }
    }

    private static void requireUnchanged(FileLock lock, Path changed, String before) throws IOException {
        String now = new String(Files.readAllBytes(changed), StandardCharsets.UTF_8);
        String plain = now.startsWith("\uFEFF") ? now.substring(1) : now;
        if (!lock.isValid() || !plain.equals(before)) {
            throw PgattestException.badInput("'" + changed + "' was changed meanwhile", AGAIN);
        }
    }

    private static void makeFolders(@Nullable Path folder, List<Path> made) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolders(folder.getParent(), made);
            Files.createDirectory(folder);
            made.add(folder);
        }
    }

    private static void undo(List<Path> made) {
        Collections.reverse(made);
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // A folder that somebody else has put something into meanwhile stays.
                return;
            }
        }
    }
}
