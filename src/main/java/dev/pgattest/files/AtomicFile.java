package dev.pgattest.files;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that readers see either as they were or complete. */
public final class AtomicFile {

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
                rename(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Like {@link #write(Path, String)} for a file of the user's: a link stays one, and who may read and write it stays as it is.
     *
     * @throws PgattestException of the environment when the disk refuses; the old file is then untouched
     */
    public static void replace(Path file, String text) {
        try {
            Path target = file.toRealPath();
            boolean posix = Files.getFileStore(target).supportsFileAttributeView("posix");
            var permissions = posix ? Files.getPosixFilePermissions(target) : null;
            boolean marked = new String(Files.readAllBytes(target), StandardCharsets.UTF_8).startsWith("\uFEFF");
            write(target, marked ? "\uFEFF" + text : text);
            if (permissions != null) {
                Files.setPosixFilePermissions(target, permissions);
            }
        } catch (IOException e) {
            throw failure(file, e);
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
