package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.signoff.SignOff;
import dev.pgattest.signoff.SignOffTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The item about sign-offs: the owner of every P0 query has signed the evidence as it is. */
public final class SignOffItem {

    private SignOffItem() {}

    /**
     * A statement with its signature, as they are stored.
     *
     * @param statement text of the statement
     * @param signature armoured text of its signature; null when its file is missing
     */
    public record Signed(String statement, @Nullable String signature) {}

    /**
     * Judges the sign-offs.
     *
     * @param trust who may sign; the problems of its file when there is none
     * @param stored what an owner has signed, by the owner's name; empty when there is nothing
     */
    public static ReadinessItem of(
            ReadinessFacts facts, Result<SignOffTrust> trust, Function<String, Optional<Signed>> stored) {
        List<Problem> problems = new ArrayList<>();
        List<String> signed = new ArrayList<>();
        StoredEvidence evidence = facts.evidence();
        if (evidence == null) {
            problems.add(ReadinessFacts.NO_EVIDENCE);
        } else if (!facts.owners().isEmpty()) {
            problems.addAll(trust.problems());
            for (String owner : facts.owners()) {
                SignOffTrust.Wanted wanted =
                        new SignOffTrust.Wanted(facts.project().name(), evidence.sha256(), owner);
                Result<SignOffTrust.Accepted> accepted = read(stored, owner)
                        .then(each -> trust.then(
                                judge -> judge.accept(each.statement(), String.valueOf(each.signature()), wanted)));
                accepted.problems().stream()
                        .filter(problem -> !trust.problems().contains(problem))
                        .forEach(problem ->
                                problems.add(Problem.ofInput(owner + ": " + problem.message(), problem.remedy())));
                if (accepted.problems().isEmpty()) {
                    SignOffTrust.Accepted by = accepted.orThrow();
                    signed.add(owner + " on " + by.signOff().date() + " with "
                            + by.key().fingerprint());
                }
            }
        }
        String found = String.join(", ", signed);
        return new ReadinessItem("sign-offs", "the owners of all P0 queries have signed the evidence", found, problems);
    }

    private static Result<Signed> read(Function<String, Optional<Signed>> stored, String owner) {
        Optional<Signed> found = stored.apply(owner);
        if (found.isEmpty()) {
            return Result.rejected(Problem.ofInput("has not signed", "pgattest sign PROJECT --as '" + owner + "'"));
        }
        return found.get().signature() == null
                ? Result.rejected(Problem.ofInput(
                        "the statement has no signature, " + SignOff.fileName(owner) + ".sig is missing",
                        "pgattest sign PROJECT --as '" + owner + "'"))
                : Result.of(found.get());
    }
}
