package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.document.Spelling;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.files.SshKeygen;
import dev.pgattest.governance.ReadinessFacts;
import dev.pgattest.governance.ReadinessList;
import dev.pgattest.signoff.AllowedSigners;
import dev.pgattest.signoff.SignOff;
import dev.pgattest.signoff.SshPublicKey;
import dev.pgattest.signoff.SshSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signs a project's evidence as one of its owners.
 *
 * @param clock gives the date of the statement
 */
public record SignEvidence(Clock clock) {

    /** What has to hold before an owner may approve: the evidence is of today's files, complete, and the gate passes. */
    private static final Set<String> NEEDED = Set.of("evidence", "plans", "slos");

    /** By the clock of this machine. */
    public SignEvidence() {
        this(Clock.systemUTC());
    }

    /**
     * What was signed.
     *
     * @param signOff the statement
     * @param file where it is; its signature is beside it
     * @param key whose key signed
     * @param lineToAdd what the allowed signers lack; empty when they accept the signature
     */
    public record Signed(SignOff signOff, Path file, SshPublicKey key, Optional<String> lineToAdd) {}

    /**
     * Signs, checks the signature and writes both files.
     *
     * @throws PgattestException of bad input, with every reason, when there is nothing that could be signed; of the environment when
     *     {@code ssh-keygen} is missing or refuses. Nothing is written then.
     */
    public Signed run(SignRequest request) {
        LoadedProject loaded = LoadedProject.read(request.project());
        List<Problem> problems = new ArrayList<>(namesAreWrong(loaded, request.owner()));
        Optional<FoundEvidence> found = FoundEvidence.of(loaded, request.evidence());
        if (found.isEmpty()) {
            problems.add(Problem.ofInput("the project has no evidence to sign", "make it with `pgattest prove`"));
        } else {
            problems.addAll(found.get().ofProject(loaded.project().name()).problems());
            problems.addAll(evidenceIsWrong(FoundEvidence.facts(loaded, found), request.decision()));
        }
        Path key = request.key() == null ? SshKeygen.usualKey().orElse(null) : request.key();
        if (key == null) {
            problems.add(Problem.ofInput(
                    "there is no key in ~/.ssh", "name one with --key FILE, or make one: ssh-keygen -t ed25519"));
        }
        if (!problems.isEmpty() || key == null) {
            throw PgattestException.badInput(problems);
        }
        FoundEvidence evidence = found.orElseThrow();
        SignOff signOff = new SignOff(
                loaded.project().name(),
                evidence.evidence().sha256(),
                request.owner(),
                request.decision(),
                clock.instant());
        return write(request, evidence, signOff, SshKeygen.sign(key, SignOff.NAMESPACE, signOff.text()));
    }

    private static List<Problem> namesAreWrong(LoadedProject loaded, String owner) {
        List<Problem> problems = new ArrayList<>(SignOff.problemsOfName("owner", owner));
        problems.addAll(SignOff.problemsOfName("project", loaded.project().name()));
        List<String> owners = loaded.project().workload().statements().stream()
                .map(query -> query.purpose().owner())
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        if (!owners.contains(owner)) {
            problems.add(Problem.ofInput(
                    "'" + owner + "' owns no query of the project", Spelling.remedy(owner, "owners", owners)));
        }
        return problems;
    }

    private static List<Problem> evidenceIsWrong(ReadinessFacts facts, SignOff.Decision decision) {
        return decision == SignOff.Decision.REJECTED
                ? List.of()
                : ReadinessList.of(facts).stream()
                        .filter(item -> NEEDED.contains(item.id()))
                        .flatMap(item -> item.problems().stream())
                        .toList();
    }

    private Signed write(SignRequest request, FoundEvidence found, SignOff signOff, String signature) {
        SshSignature read = SshSignature.parse(signature).orThrow();
        if (!read.verifies(signOff.text().getBytes(StandardCharsets.UTF_8))) {
            throw PgattestException.environment(
                    "ssh-keygen made a signature that does not hold", "update OpenSSH, then sign again");
        }
        Path file = found.folder().path().resolve(SignOff.FOLDER).resolve(SignOff.fileName(signOff.owner()));
        AtomicFile.write(file, signOff.text());
        AtomicFile.write(file.resolveSibling(file.getFileName() + SignOff.SIGNATURE), signature);
        return new Signed(signOff, file, read.key(), lineToAdd(request, signOff, read.key()));
    }

    /** The line that would make the project's allowed signers accept the signature; none when they do. */
    private Optional<String> lineToAdd(SignRequest request, SignOff signOff, SshPublicKey key) {
        Path file = request.project().resolve(VerifyProject.ALLOWED_SIGNERS);
        AllowedSigners allowed =
                VerifyProject.allowedSigners(file, clock.getZone()).orElse(new AllowedSigners(List.of()));
        boolean accepted =
                allowed.entries().stream().anyMatch(entry -> entry.allows(key, signOff.owner(), SignOff.NAMESPACE));
        String principal = AllowedSigners.principal(signOff.owner());
        return accepted
                ? Optional.empty()
                : Optional.of(
                        principal + " namespaces=\"" + SignOff.NAMESPACE + "\" " + key.type() + " " + key.base64());
    }
}
