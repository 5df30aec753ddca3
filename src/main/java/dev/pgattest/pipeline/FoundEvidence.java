package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.dataset.DatasetProfile;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.files.EvidenceFile;
import dev.pgattest.files.EvidenceFolder;
import dev.pgattest.governance.ReadinessFacts;
import dev.pgattest.workload.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stored evidence of a project.
 *
 * @param folder where it is
 * @param evidence what it says
 */
record FoundEvidence(EvidenceFolder folder, StoredEvidence evidence) {

    /**
     * Looks for the evidence of a project: in the folder that is named, else where {@code prove} puts it, else in the only folder that
     * has any. Empty when nothing is named and there is none.
     *
     * @throws PgattestException of bad input when the folder that is named has none, when several could be meant, or when it is no
     *     evidence
     */
    static Optional<FoundEvidence> of(LoadedProject loaded, @Nullable Path named) {
        if (named != null) {
            EvidenceFolder folder = new EvidenceFolder(named);
            if (!folder.exists()) {
                throw PgattestException.badInput(
                        "the folder '" + named + "' has no " + EvidenceFile.NAME,
                        "name the folder that `pgattest prove` wrote to");
            }
            return Optional.of(read(folder));
        }
        Optional<FoundEvidence> usual = usual(loaded);
        if (usual.isPresent()) {
            return usual;
        }
        List<EvidenceFolder> all = EvidenceFolder.of(loaded.folder());
        if (all.size() > 1) {
            throw PgattestException.badInput(
                    "several folders hold evidence: "
                            + all.stream().map(each -> each.path().toString()).collect(Collectors.joining(", ")),
                    "name one with --evidence FOLDER");
        }
        return all.stream().findFirst().map(FoundEvidence::read);
    }

    /**
     * What is where {@code prove} puts it; empty when nothing is there.
     *
     * @throws PgattestException of bad input when it is no evidence
     */
    static Optional<FoundEvidence> usual(LoadedProject loaded) {
        DatasetProfile profile =
                loaded.dataset().profile(loaded.project().trial().profile()).orElseThrow();
        EvidenceFolder folder =
                new EvidenceFolder(EvidenceFiles.defaultFolder(loaded.folder(), profile.name(), profile.scale(), null));
        return folder.exists() ? Optional.of(read(folder)) : Optional.empty();
    }

    private static FoundEvidence read(EvidenceFolder folder) {
        String name = folder.file().toAbsolutePath().toString();
        Result<StoredEvidence> evidence =
                folder.text(Path.of(EvidenceFile.NAME)).orElseThrow().then(text -> StoredEvidence.parse(name, text));
        return new FoundEvidence(folder, evidence.orThrow());
    }

    /** What is known of a project, with its evidence when there is some. */
    static ReadinessFacts facts(LoadedProject loaded, Optional<FoundEvidence> found) {
        StoredEvidence evidence = found.map(FoundEvidence::evidence).orElse(null);
        return new ReadinessFacts(
                loaded.project(),
                loaded.inputs(),
                evidence == null ? "" : definition(loaded, evidence),
                loaded.dataset().tables().size()
                        + loaded.project().files().derived().size(),
                evidence);
    }

    /** The dataset's digest at the size of the evidence; none when the declaration of today cannot have that size. */
    private static String definition(LoadedProject loaded, StoredEvidence evidence) {
        StoredEvidence.Data data = evidence.data();
        try {
            return loaded.dataset(new ProveRequest.Size(data.scale(), data.members(), 1))
                    .definitionDigest();
        } catch (PgattestException e) {
            return "";
        }
    }

    /** What plans of a state use, and which indexes it had; empty when it was not measured. */
    Optional<IndexUse> use(State state) {
        return IndexUse.of(evidence, state.name());
    }

    /** Who evidence is of is asked before anything else. */
    Result<FoundEvidence> ofProject(String project) {
        return evidence.project().equals(project)
                ? Result.of(this)
                : Result.rejected(Problem.ofFile(
                        folder.file().toAbsolutePath().toString(),
                        "this is evidence of the project '" + evidence.project() + "', not of '" + project + "'",
                        "name the right folder with --evidence"));
    }
}
