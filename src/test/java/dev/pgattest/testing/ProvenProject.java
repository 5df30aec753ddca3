package dev.pgattest.testing;

import dev.pgattest.pipeline.EvidenceFiles;
import dev.pgattest.pipeline.Progress;
import dev.pgattest.pipeline.Prove;
import dev.pgattest.pipeline.ProveRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A small project with an index plan, a jsonb column and evidence, which lacks nothing but sign-offs. It is measured once for all tests
 * of a JVM.
 */
public final class ProvenProject {

    /** The owner of its P0 query. */
    public static final String OWNER = "Zahlungen/Team (B2.6)";

    private ProvenProject() {}

    /** Its files without evidence. */
    public static ShopProject files() {
        return new ShopProject()
                .named("governed")
                .with("pgattest.yaml", "workload: workload.yaml\n", "workload: workload.yaml\nindexes: indexes.yaml\n")
                .with(
                        "migrations/V1__tables.sql",
                        "owner bigint not null references owners",
                        "owner bigint not null references owners, payload jsonb")
                .with("workload.yaml", "    owner: shop\n", """
                            owner: "%s"
                            serves: GET /orders
                            expected_rows: at most 100
                        """.formatted(OWNER))
                .withFile("indexes.yaml", """
                        indexes:
                          orders_owner:
                            table: orders
                            definition: create index orders_owner on orders (owner)
                            serves: [Q1_orders]
                            decision: create
                            rationale: orders of one owner
                          orders_payload:
                            table: public.orders
                            definition: create index orders_payload on orders using gin (payload)
                            decision: defer
                            rationale: no query looks into it
                        """);
    }

    /** Writes files and evidence into a folder, which is returned. */
    public static Path writeTo(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(Measured.FOLDER)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(Measured.FOLDER.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return folder;
    }

    private static final class Measured {

        static final Path FOLDER = measure();

        private static Path measure() {
            try {
                Path folder = files().writeTo(Files.createTempDirectory("pgattest-proven-"));
                ProveRequest request = new ProveRequest(
                        folder,
                        ProveRequest.Target.parse(TestCluster.url(), null, false, false),
                        new ProveRequest.Size(null, null, 1),
                        null,
                        ProveRequest.Output.NONE);
                EvidenceFiles.write(new Prove(request, "test", Progress.SILENT).run(), request);
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
