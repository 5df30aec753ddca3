package dev.pgattest.postgres.server;

import dev.pgattest.postgres.OwnServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that starts a cluster, prints where it is and waits to be ended from outside. */
final class ClusterProgram {

    private ClusterProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        long start = System.nanoTime();
        Cluster cluster = Cluster.start(ClusterRequest.of(OwnServer.valueOf(arguments[0]), "child")
                .withRetention(Retention.valueOf(arguments[1]))
                .under(Path.of(arguments[2]))
                .reportingTo(System.err::println));
        System.out.println(cluster.description().folder());
        System.err.println((System.nanoTime() - start) / 1_000_000 + " ms");
        new CountDownLatch(1).await();
    }
}
