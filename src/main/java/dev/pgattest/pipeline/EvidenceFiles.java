package dev.pgattest.pipeline;

import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.files.EvidenceFolder;
import dev.pgattest.report.JunitXml;
import dev.pgattest.report.QueryPlansMarkdown;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the files of a run's evidence, each under a temporary name first. */
public final class EvidenceFiles {

    private EvidenceFiles() {}

    /**
     * Writes {@code evidence.json} and {@code query-plans.md}, and JUnit XML when asked for.
     *
     * @return the files that were written
     */
    public static List<Path> write(Evidence evidence, ProveRequest request) {
        Path folder = request.output().folder() == null
                ? defaultFolder(evidence, request)
                : request.output().folder();
        List<Path> files =
                new ArrayList<>(List.of(folder.resolve(EvidenceFolder.FILE), folder.resolve("query-plans.md")));
        AtomicFile.write(files.get(0), EvidenceJson.text(evidence));
        AtomicFile.write(files.get(1), QueryPlansMarkdown.of(evidence));
        Path junit = request.output().junit();
        if (junit != null) {
            AtomicFile.write(junit, JunitXml.of(evidence));
            files.add(junit);
        }
        return files;
    }

    /**
     * Finds out before hours of work that there is no place for its results.
     *
     * @throws dev.pgattest.PgattestException of bad input when a folder of the results cannot be one, or cannot be written to
     */
    static void requireWritable(ProveRequest request) {
        Path folder = request.output().folder() == null
                ? request.project().resolve(EvidenceFolder.PARENT)
                : request.output().folder();
        Path junit = request.output().junit();
        AtomicFile.requireWritable(folder.resolve(EvidenceFolder.FILE), "--out");
        if (junit != null) {
            AtomicFile.requireWritable(junit, "--junit");
        }
    }

    private static Path defaultFolder(Evidence evidence, ProveRequest request) {
        Evidence.Data data = evidence.data();
        return defaultFolder(request.project(), data.profile(), BigDecimal.valueOf(data.scale()), data.members());
    }

    /** Where evidence goes when nobody says where: {@code PROJECT/evidence/<profile>-<scale>}. */
    static Path defaultFolder(Path project, String profile, BigDecimal scale, @Nullable Long members) {
        String name = profile + "-" + scale.stripTrailingZeros().toPlainString();
        return project.resolve(EvidenceFolder.PARENT).resolve(name + (members == null ? "" : "-" + members));
    }
}
