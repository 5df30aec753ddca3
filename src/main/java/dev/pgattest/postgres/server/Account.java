package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import dev.pgattest.process.ProgramEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Under which user PostgreSQL's programs run. They refuse to run as root, so for root the first of these that works is
 * taken: a user namespace of its own, in which root has no name (nothing changes owner), or another user of the system.
 *
 * @param prefix what to put in front of a command; empty for an ordinary user
 * @param user the user that files must be given to; empty when they stay with us
 */
record Account(List<String> prefix, Optional<String> user) {

    private static final Account OURS = new Account(List.of(), Optional.empty());
    private static final Account NAMESPACE = new Account(List.of("unshare", "-U"), Optional.empty());

    Account {
        prefix = List.copyOf(prefix);
    }

    /** The account to use on this machine, found by trying. */
    static Account choose() {
        return userId() == 0 ? forRoot() : OURS;
    }

    /** The numeric id of the user that runs this process. */
    static long userId() {
        return new com.sun.security.auth.module.UnixSystem().getUid();
    }

    private static Account forRoot() {
        return Stream.concat(Stream.of(NAMESPACE), otherUsers())
                .filter(account -> Commands.succeeds(Commands.prefixed(account.prefix, List.of("true"))))
                .findFirst()
                .orElseThrow(() -> PgattestException.environment(
                        "PostgreSQL does not run as root, and neither unshare, setpriv nor runuser works here",
                        "run pgattest as an ordinary user, or name a running server with --server postgresql://..."));
    }

    /** Other users by every program that can switch to them. */
    static Stream<Account> otherUsers() {
        return Stream.of("postgres", "nobody")
                .flatMap(user -> groupOf(user).stream()
                        .flatMap(group -> Stream.of(
                                List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"),
                                List.of("runuser", "-u", user, "--")))
                        .map(prefix -> new Account(prefix, Optional.of(user))));
    }

    private static Optional<String> groupOf(String user) {
        try {
            ProgramEnd outcome = Commands.run(List.of("id", "-g", user));
            return outcome.status() == 0 ? Optional.of(outcome.output().strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Gives a file or folder to the user that PostgreSQL runs as. */
    void give(Path path) throws IOException {
        if (user.isPresent()) {
            UserPrincipal owner =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user.get());
            Files.setOwner(path, owner);
        }
    }
}
