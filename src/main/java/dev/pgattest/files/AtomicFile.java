package dev.pgattest.files;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes files that readers see either as they were or complete. */
public final class AtomicFile {

    private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private AtomicFile() {}

    /**
     * Writes text in UTF-8 under a temporary name beside the file, then renames; missing folders are made.
     *
     * @throws PgattestException of the environment when the disk refuses; the old file is then untouched
     */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Like {@link #write(Path, String)} for bytes.
     *
     * @throws PgattestException of the environment when the disk refuses; the old file is then untouched
     */
    public static void write(Path file, byte[] bytes) {
        write(file, bytes, null);
    }

    /** With {@code null} for permissions as every new file has. */
    private static void write(Path file, byte[] bytes, @Nullable Set<PosixFilePermission> permissions) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw failure(file, new IOException("it is the root of the file system"));
        }
        try {
            Files.createDirectories(folder);
            // Not createTempFile: that gives a file that only its owner may read, and the rename would keep it so.
            String unique =
                    ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
            Path temporary = folder.resolve("." + target.getFileName() + "." + unique + ".partial");
            try {
                writeThrough(temporary, bytes);
                if (permissions != null) {
                    // Before the rename, so that nobody else can read the new file where nobody could read the old one.
                    Files.setPosixFilePermissions(temporary, permissions);
                }
                rename(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Like {@link #write(Path, String)} for a file of the user's: a link stays one, a byte order mark stays, and who may read and write
     * it stays as it is.
     *
     * @throws PgattestException of the environment when the disk refuses; the old file is then untouched
     */
    public static void replace(Path file, String text) {
        try {
            Path target = file.toRealPath();
            String whole = isMarked(target) ? "\uFEFF" + text : text;
            write(target, whole.getBytes(StandardCharsets.UTF_8), permissions(target));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Finds out whether {@link #replace} may rewrite all of some files.
     *
     * @throws PgattestException of bad input with a problem for each that its owner has made read-only
     */
    public static void requireReplaceable(List<Path> files) {
        List<Problem> problems = files.stream()
                .filter(AtomicFile::isReadOnly)
                .map(file -> Problem.ofFile(
                        file.toString(),
                        "the file is read-only; no file was rewritten",
                        "make it writable, or name the files that may be rewritten"))
                .toList();
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
    }

    /** The rename would replace it all the same, and to its owner or an administrator it is writable. */
    private static boolean isReadOnly(Path file) {
        try {
            Path target = file.toRealPath();
            Set<PosixFilePermission> permissions = permissions(target);
            boolean writable = permissions == null
                    || permissions.stream().anyMatch(each -> each.name().endsWith("_WRITE"));
            return !writable || !Files.isWritable(target);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static @Nullable Set<PosixFilePermission> permissions(Path target) throws IOException {
        boolean posix = Files.getFileStore(target).supportsFileAttributeView("posix");
        return posix ? Files.getPosixFilePermissions(target) : null;
    }

    private static boolean isMarked(Path target) throws IOException {
        try (InputStream stream = Files.newInputStream(target)) {
            return Arrays.equals(stream.readNBytes(MARK.length), MARK);
        }
    }

    /**
     * Finds out whether {@link #write} has a chance.
     *
     * @param option what names the file, for the message
     * @throws PgattestException of bad input when the file is a folder, or its folder is a file or cannot be written to
     */
    public static void requireWritable(Path file, String option) {
        Path existing = file.toAbsolutePath().getParent();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (Files.isDirectory(file) || existing == null || !Files.isDirectory(existing)) {
            Path wrong = Files.isDirectory(file) || existing == null ? file : existing;
            throw PgattestException.badInput(
                    option + ": '" + file + "' cannot be written, because '" + wrong + "' is "
                            + (Files.isDirectory(wrong) ? "a folder" : "no folder"),
                    "name another place with " + option);
        }
        if (!Files.isWritable(existing)) {
            throw PgattestException.badInput(
                    option + ": '" + file + "' cannot be written, because '" + existing + "' lets you create nothing",
                    "name another place with " + option);
        }
    }

    /** Without the flush a crash of the machine could leave the new name with no content. */
    private static void writeThrough(Path temporary, byte[] bytes) throws IOException {
        Files.write(temporary, bytes);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static PgattestException failure(Path file, IOException cause) {
        return PgattestException.environment(
                "'" + file + "' cannot be written: " + cause.getMessage(),
                "check the free space and the rights of its folder",
                cause);
    }
}
