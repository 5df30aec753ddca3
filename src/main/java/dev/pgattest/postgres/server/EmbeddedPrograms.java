package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from the class path, unpacked once into a cache folder. The folder appears whole by a rename, so that processes
 * that unpack at once, or that are killed while they do, never leave a half one to be used.
 *
 * @param cache the folder that holds one folder for each archive
 * @param notices told when the archive is unpacked, which takes seconds
 */
record EmbeddedPrograms(Path cache, Consumer<String> notices) {

    private static final String PARTIAL = ".unpacking-";

    /**
     * The programs, unpacked now if they aren't yet.
     *
     * @throws PgattestException of the environment when the class path has none for this platform or they cannot be unpacked
     */
    Programs programs() {
        String platform = platform();
        URL archive = archive(platform);
        try {
            Path target = cache.resolve("postgresql-" + platform + "-" + checksum(archive));
            if (!Files.isDirectory(target)) {
                notices.accept("unpacking the embedded PostgreSQL into " + target + " (once)");
                unpack(archive, target);
            }
            return Programs.in(target.resolve("bin"));
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot unpack the embedded PostgreSQL into " + cache + ": " + e,
                    "free space there or make it writable, set XDG_CACHE_HOME to another folder, or use --server local",
                    e);
        }
    }

    /** The cache folder of the user: {@code $XDG_CACHE_HOME/pgattest}, by default {@code ~/.cache/pgattest}. */
    static Path userCache(@Nullable String xdgCacheHome, Path home) {
        boolean named = xdgCacheHome != null && xdgCacheHome.startsWith("/");
        return (named ? Path.of(xdgCacheHome) : home.resolve(".cache")).resolve("pgattest");
    }

    private void unpack(URL archive, Path target) throws IOException {
        Files.createDirectories(cache);
        removePartial();
        Path partial = Files.createTempDirectory(
                cache, PARTIAL + ProcessHandle.current().pid() + "-");
        try {
            try (InputStream input = archive.openStream()) {
                Archive.extract(input, partial);
            }
            OwnFolder.openToPrograms(partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            FileTree.delete(partial);
            // Another process may have been first; what it unpacked is the same.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    /** Deletes what processes that were killed had unpacked so far. */
    private void removePartial() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(cache, PARTIAL + "*-*")) {
            for (Path folder : found) {
                String process = String.valueOf(folder.getFileName()).split("-", -1)[1];
                if (ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
                    FileTree.delete(folder);
                }
            }
        }
    }

    /** The archive's checksum names its version: the archive itself doesn't, and a changed one must not meet an old folder. */
    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return hexadecimal(jar.getJarEntry().getCrc());
        }
        try (CheckedInputStream input = new CheckedInputStream(archive.openStream(), new CRC32())) {
            input.transferTo(OutputStream.nullOutputStream());
            return hexadecimal(input.getChecksum().getValue());
        }
    }

    private static String hexadecimal(long checksum) {
        return String.format(Locale.ROOT, "%08x", checksum);
    }

    /** The platform in the words of the archives' names, such as {@code linux-x86_64}. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String kind = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : "linux";
        String machine =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    default -> System.getProperty("os.arch");
                };
        String library = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return kind + "-" + machine + library;
    }

    private static URL archive(String platform) {
        URL archive = EmbeddedPrograms.class.getResource("/postgres-" + platform + ".txz");
        if (archive == null) {
            throw PgattestException.environment(
                    "the embedded PostgreSQL is not available for this platform (" + platform + ")",
                    "install PostgreSQL and use --server local, or name a running one with --server postgresql://...");
        }
        return archive;
    }
}
