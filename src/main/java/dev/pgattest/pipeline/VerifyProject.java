package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.files.EvidenceFolder;
import dev.pgattest.files.TextFile;
import dev.pgattest.governance.Readiness;
import dev.pgattest.governance.ReadinessFacts;
import dev.pgattest.governance.ReadinessItem;
import dev.pgattest.governance.ReadinessList;
import dev.pgattest.governance.SignOffItem;
import dev.pgattest.signoff.AllowedSigners;
import dev.pgattest.signoff.SignOff;
import dev.pgattest.signoff.SignOffTrust;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether a project may go into production by what is stored: its files, its evidence, the owners' sign-offs. No server is
 * asked, nothing is written.
 *
 * @param clock the time by which keys and sign-offs are valid, in the zone of times that name none: UTC, so that no verdict depends on the machine
 */
public record VerifyProject(Clock clock) {

    /** The file of a project that says whose key speaks for whom. */
    public static final String ALLOWED_SIGNERS = "allowed_signers";

    /** By the clock of this machine, in UTC. */
    public VerifyProject() {
        this(Clock.systemUTC());
    }

    /**
     * Judges a project.
     *
     * @throws PgattestException of bad input when the project's files, the evidence or the allowed signers are wrong
     */
    public Readiness run(VerifyRequest request) {
        LoadedProject loaded = LoadedProject.read(request.project());
        Optional<FoundEvidence> found = FoundEvidence.of(loaded, request.evidence())
                .map(each -> each.ofProject(loaded.project().name()).orThrow());
        ReadinessFacts facts = FoundEvidence.facts(loaded, found);
        List<ReadinessItem> items = new ArrayList<>(ReadinessList.of(facts));
        items.add(SignOffItem.of(facts, trust(request), owner -> found.flatMap(each -> signed(each.folder(), owner))));
        String folder =
                found.map(each -> shown(loaded.folder(), each.folder().path())).orElse("");
        return new Readiness(loaded.project().name(), folder, facts.evidence(), items);
    }

    private static String shown(Path project, Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return (absolute.startsWith(project) ? project.relativize(absolute) : folder)
                .toString()
                .replace('\\', '/');
    }

    private Result<SignOffTrust> trust(VerifyRequest request) {
        Path named = request.allowedSigners();
        Path file = named == null ? request.project().resolve(ALLOWED_SIGNERS) : named;
        Optional<AllowedSigners> allowed = allowedSigners(file, clock.getZone());
        if (allowed.isEmpty() && named != null) {
            throw PgattestException.badInput("there is no file '" + named + "'", "correct --allowed-signers");
        }
        return allowed.map(signers -> Result.of(new SignOffTrust(signers, clock.instant(), request.maxAge())))
                .orElseGet(() -> Result.rejected(Problem.ofFile(
                        ALLOWED_SIGNERS,
                        "the project has no " + ALLOWED_SIGNERS + ", so nobody may sign",
                        "write a line for each owner: \"OWNER\" namespaces=\"" + SignOff.NAMESPACE
                                + "\" ssh-ed25519 AAAA...")));
    }

    /** Whose key speaks for whom; empty when there is no such file. */
    static Optional<AllowedSigners> allowedSigners(Path file, ZoneId zone) {
        return TextFile.read(file)
                .map(text -> text.then(read ->
                                AllowedSigners.parse(file.toAbsolutePath().toString(), read, zone))
                        .orThrow());
    }

    private static Optional<SignOffItem.Signed> signed(EvidenceFolder folder, String owner) {
        Path statement = Path.of(SignOff.FOLDER, SignOff.fileName(owner));
        Path signature = Path.of(SignOff.FOLDER, SignOff.fileName(owner) + SignOff.SIGNATURE);
        return folder.text(statement)
                .map(text -> new SignOffItem.Signed(
                        text.orThrow(),
                        folder.text(signature).map(Result::orThrow).orElse(null)));
    }
}
