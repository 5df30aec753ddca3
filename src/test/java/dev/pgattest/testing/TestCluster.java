package dev.pgattest.testing;

import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.OwnServer;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.server.Cluster;
import dev.pgattest.postgres.server.ClusterRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One cluster for all tests of a JVM, embedded unless the property {@code pgattest.test.server} says otherwise, started when the first test
 * asks for it and removed when the JVM ends.
 */
public final class TestCluster {

    /** {@code local} runs the tests on the installed PostgreSQL instead. */
    private static final String SERVER = "pgattest.test.server";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestCluster() {}

    /** Connections of the superuser to the database {@code postgres}; tests leave it as it is. */
    public static Connections server() {
        return Started.CLUSTER.connections();
    }

    /** Where the programs of the tests' servers come from. */
    public static OwnServer programs() {
        return OwnServer.valueOf(System.getProperty(SERVER, "embedded").toUpperCase(Locale.ROOT));
    }

    /** The superuser's connection to the database {@code postgres}, as {@code --server} takes it, with the password. */
    public static String url() {
        ConnectionSettings settings = server().settings();
        String password = Objects.requireNonNull(settings.password()).value();
        return "postgresql://" + settings.user() + ":" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@"
                + settings.hosts().get(0) + "/" + settings.database();
    }

    /** Connections of the superuser to a new, empty database of its own. */
    public static Connections freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Session session = server().open()) {
            session.execute("create database " + name + " template template0");
        }
        return server().to(name);
    }

    private static final class Started {
        static final Cluster CLUSTER = Cluster.start(ClusterRequest.of(programs(), "tests"));
    }
}
