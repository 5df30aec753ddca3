package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that other users must not be able to change: the temporary folder is open to everybody. */
final class OwnFolder {

    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");

    private OwnFolder() {}

    /**
     * {@code <temporary>/pgattest-<user id>}, created when missing.
     *
     * @throws PgattestException of the environment when somebody else owns it or can write into it
     */
    static Path ofClusters(Path temporary) {
        long user = Account.userId();
        Path folder = temporary.resolve("pgattest-" + user);
        try {
            create(folder);
            Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
            boolean ours = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && owner.equals((int) user)
                    && !mode.contains(PosixFilePermission.GROUP_WRITE)
                    && !mode.contains(PosixFilePermission.OTHERS_WRITE);
            if (!ours) {
                throw PgattestException.environment(
                        folder + " belongs to another user or others can write into it",
                        "remove it, or set another temporary folder with -Djava.io.tmpdir");
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw PgattestException.environment(
                    "cannot use the folder " + folder + ": " + e,
                    "free space there or make it writable, or set another with -Djava.io.tmpdir",
                    e);
        }
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            openToPrograms(folder);
        } catch (FileAlreadyExistsException e) {
            // Checked by the caller, whoever created it.
        }
    }

    /** Lets the user that PostgreSQL runs as pass through a folder, without listing it. */
    static void openToPrograms(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PASSABLE);
    }
}
