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

/** Adds a file and changes one that names it: both happen, or neither. */
public final class PairedFiles {

    private static final String AGAIN = "run the same command again";

    private PairedFiles() {}

    /**
     * Adds a file, then replaces another. The other is locked meanwhile, and must still have the text that the change was made for. A
     * crash in between leaves the added file without anything that names it.
     *
     * @param added file that does not exist yet; missing folders are made
     * @param text its text
     * @param changed file that names the other
     * @param before the text that it must still have, without a byte order mark
     * @param after its new text
     * @throws PgattestException of bad input when the added file exists or the other has changed, of the environment when the disk
     *     refuses; both files are then as they were
     */
    public static void write(Path added, String text, Path changed, String before, String after) {
        List<Path> made = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            requireUnchanged(lock, changed, before);
            makeFolders(added.toAbsolutePath().getParent(), made);
            Files.writeString(added, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            made.add(added);
            AtomicFile.replace(changed, after);
            made.clear();
        } catch (OverlappingFileLockException e) {
            throw PgattestException.badInput("'" + changed + "' is being changed by another run", AGAIN);
        } catch (FileAlreadyExistsException e) {
            throw PgattestException.badInput("the file '" + added + "' exists already", "choose another name");
        } catch (IOException e) {
            throw PgattestException.environment(
                    "'" + added + "' and '" + changed + "' cannot be written: " + e.getMessage(),
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
