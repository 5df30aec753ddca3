package dev.pgattest.postgres.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Removes what processes left behind that were killed before they could do it themselves. */
final class Leftovers {

    private Leftovers() {}

    /** Stops the servers and deletes the folders of clusters whose owner is gone, and says so. */
    static void remove(Path clusters, Consumer<String> notices) {
        for (ClusterFolder folder : ClusterFolder.all(clusters)) {
            if (folder.isAbandoned()) {
                remove(folder, notices);
            }
        }
    }

    private static void remove(ClusterFolder folder, Consumer<String> notices) {
        boolean running = folder.postmaster().isPresent();
        try {
            folder.remove();
            notices.accept("removed a server that an interrupted run left behind"
                    + (running ? " (it was still running): " : ": ") + folder.path());
        } catch (IOException e) {
            // What cannot be deleted must not keep the new run from working, and is named.
            notices.accept("an interrupted run left " + folder.path() + ", which cannot be deleted: " + e.getMessage());
        }
    }
}
