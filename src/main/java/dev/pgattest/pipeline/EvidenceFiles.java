package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.EvidenceJson;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.files.EvidenceFile;
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

    private static final String PLANS = "query-plans.md";

    private EvidenceFiles() {}

    /**
     * Writes {@code evidence.json} and {@code query-plans.md}, and JUnit XML when asked for. A baseline is replaced only when the
     * evidence says so; when it lies where the evidence would go, the evidence goes beside it.
     *
     * @return the files that were written
     */
    public static List<Path> write(Evidence evidence, ProveRequest request) {
        boolean update = evidence.comparison() != null && evidence.comparison().updated();
        Path folder = folder(evidence, request, update);
        List<Path> files = new ArrayList<>(List.of(folder.resolve(EvidenceFile.NAME), folder.resolve(PLANS)));
        String json = EvidenceJson.text(evidence);
        AtomicFile.write(files.get(1), QueryPlansMarkdown.of(evidence));
        AtomicFile.write(files.get(0), json);
        Path junit = request.output().junit();
        if (junit != null) {
            AtomicFile.write(junit, JunitXml.of(evidence));
            files.add(junit);
        }
        ProveRequest.Against against = request.against();
        if (against != null && update) {
            Path baseline = EvidenceFile.of(against.evidence());
            if (!EvidenceFile.isSame(baseline, files.get(0))) {
                AtomicFile.write(baseline, json);
                files.add(baseline);
            }
        }
        return files;
    }

    /**
     * Finds out before hours of work that there is no place for its results.
     *
     * @throws PgattestException of bad input when a folder of the results cannot be one, or cannot be written to, or is that of
     *     the baseline
     */
    static void requireWritable(ProveRequest request) {
        Path named = request.output().folder();
        Path folder = named == null ? request.project().resolve(EvidenceFolder.PARENT) : named;
        Path junit = request.output().junit();
        AtomicFile.requireWritable(folder.resolve(EvidenceFile.NAME), "--out");
        if (junit != null) {
            AtomicFile.requireWritable(junit, "--junit");
        }
        ProveRequest.Against against = request.against();
        if (against == null) {
            return;
        }
        Path baseline = EvidenceFile.of(against.evidence());
        if (against.update()) {
            AtomicFile.requireWritable(baseline, "--against");
        } else if (named != null && EvidenceFile.isSame(baseline, named.resolve(EvidenceFile.NAME))) {
            throw PgattestException.badInput(
                    "--out names the baseline's folder, '" + named + "', and would replace it",
                    "name another folder, or replace the baseline with --update");
        }
    }

    private static Path folder(Evidence evidence, ProveRequest request, boolean update) {
        Path named = request.output().folder();
        Path folder = named == null ? defaultFolder(evidence.data(), request) : named;
        ProveRequest.Against against = request.against();
        boolean taken = against != null
                && !update
                && EvidenceFile.isSame(EvidenceFile.of(against.evidence()), folder.resolve(EvidenceFile.NAME));
        return taken ? folder.resolveSibling(folder.getFileName() + "-candidate") : folder;
    }

    /** The folder of what was measured on a dataset of that profile and size. */
    static Path defaultFolder(Evidence.Data data, ProveRequest request) {
        return defaultFolder(request.project(), data.profile(), BigDecimal.valueOf(data.scale()), data.members());
    }

    /** Where evidence goes when nobody says where: {@code PROJECT/evidence/<profile>-<scale>}. */
    static Path defaultFolder(Path project, String profile, BigDecimal scale, @Nullable Long members) {
        String name = profile + "-" + scale.stripTrailingZeros().toPlainString();
        return project.resolve(EvidenceFolder.PARENT).resolve(name + (members == null ? "" : "-" + members));
    }
}
