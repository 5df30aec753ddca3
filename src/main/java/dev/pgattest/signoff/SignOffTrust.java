package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a signed statement is worth.
 *
 * @param allowed whose key speaks for whom
 * @param now the time of the decision
 * @param maxAge how old a statement may be; null for any age
 */
public record SignOffTrust(
        AllowedSigners allowed, Instant now, @Nullable Duration maxAge) {

    /** How far the clocks of those who sign may go before ours. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /**
     * What somebody has to say, for it to count.
     *
     * @param project name of the project
     * @param evidence SHA-256 of the evidence
     * @param owner who has to say it
     */
    public record Wanted(String project, String evidence, String owner) {}

    /** A statement that counts, and whose key signed it. */
    public record Accepted(SignOff signOff, SshPublicKey key) {}

    /**
     * Accepts a statement and its signature, or says why not; problems have no place.
     *
     * @param statement text of the statement
     * @param signature armoured text of its signature
     */
    public Result<Accepted> accept(String statement, String signature, Wanted wanted) {
        return SignOff.parse(statement)
                .then(signOff -> SshSignature.parse(signature)
                        .then(read -> genuine(signOff, read))
                        .then(read -> fitting(signOff, read, wanted))
                        .then(read -> trusted(signOff, read))
                        .then(read -> timely(signOff, read)));
    }

    private static Result<SshSignature> genuine(SignOff signOff, SshSignature signature) {
        if (!signature.verifies(signOff.text().getBytes(StandardCharsets.UTF_8))) {
            return refused("the signature is not of this text: one of them was altered", signAgain(signOff.owner()));
        }
        return signature.namespace().equals(SignOff.NAMESPACE)
                ? Result.of(signature)
                : refused(
                        "the signature was made for the namespace '" + signature.namespace() + "', not for '"
                                + SignOff.NAMESPACE + "'",
                        signAgain(signOff.owner()));
    }

    private static Result<SshSignature> fitting(SignOff signOff, SshSignature signature, Wanted wanted) {
        if (!signOff.owner().equals(wanted.owner())) {
            return refused("the statement is that of '" + signOff.owner() + "'", signAgain(wanted.owner()));
        }
        if (!signOff.project().equals(wanted.project())) {
            return refused("the statement is about the project '" + signOff.project() + "'", signAgain(wanted.owner()));
        }
        return signOff.evidence().equals(wanted.evidence())
                ? Result.of(signature)
                : refused(
                        "the statement of " + signOff.date() + " is about other evidence (sha256 "
                                + signOff.evidence().substring(0, 12) + "..., here it is "
                                + wanted.evidence().substring(0, 12) + "...)",
                        "look at the evidence, then " + signAgain(wanted.owner()));
    }

    private Result<SshSignature> trusted(SignOff signOff, SshSignature signature) {
        String fingerprint = signature.key().fingerprint();
        List<AllowedSigners.Entry> known = allowed.withKey(signature.key());
        if (known.isEmpty()) {
            return refused(
                    "the key " + fingerprint + " is not among the allowed signers",
                    "if it is the key of '" + signOff.owner() + "', add it there");
        }
        List<AllowedSigners.Entry> own =
                known.stream().filter(entry -> entry.speaksFor(signOff.owner())).toList();
        if (own.isEmpty()) {
            String others = known.stream().map(AllowedSigners.Entry::principals).collect(Collectors.joining(", "));
            return refused(
                    "the key " + fingerprint + " speaks for " + others + ", not for '" + signOff.owner() + "'",
                    "let '" + signOff.owner() + "' sign with a key of their own");
        }
        return valid(signOff, signature, own);
    }

    private Result<SshSignature> valid(SignOff signOff, SshSignature signature, List<AllowedSigners.Entry> own) {
        String fingerprint = signature.key().fingerprint();
        List<AllowedSigners.Entry> purpose =
                own.stream().filter(entry -> entry.allows(SignOff.NAMESPACE)).toList();
        if (purpose.isEmpty()) {
            return refused(
                    "the allowed signers do not let the key " + fingerprint + " sign for '" + SignOff.NAMESPACE + "'",
                    "add " + SignOff.NAMESPACE + " to its namespaces");
        }
        String lines = purpose.stream().map(entry -> "" + entry.line()).collect(Collectors.joining(", "));
        return purpose.stream().anyMatch(entry -> entry.isValidAt(now) && entry.isValidAt(signOff.date()))
                ? Result.of(signature)
                : refused(
                        "the key " + fingerprint + " is not valid now, or was not on " + signOff.date()
                                + ": valid-after and valid-before of line " + lines,
                        "let '" + signOff.owner() + "' sign with a valid key");
    }

    private Result<Accepted> timely(SignOff signOff, SshSignature signature) {
        if (signOff.date().isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return refused(
                    "the statement has the date " + signOff.date() + ", which is in the future",
                    "set the clock, then " + signAgain(signOff.owner()));
        }
        if (maxAge != null && signOff.date().isBefore(now.minus(maxAge))) {
            return refused(
                    "the statement of " + signOff.date() + " is " + age(signOff) + " old, older than allowed",
                    signAgain(signOff.owner()));
        }
        return signOff.decision() == SignOff.Decision.APPROVED
                ? Result.of(new Accepted(signOff, signature.key()))
                : refused(
                        "'" + signOff.owner() + "' rejected the evidence on " + signOff.date(),
                        "settle it with them, then " + signAgain(signOff.owner()));
    }

    private String age(SignOff signOff) {
        Duration age = Duration.between(signOff.date(), now);
        return age.toDays() > 0 ? age.toDays() + " days" : age.toHours() + " hours";
    }

    private static String signAgain(String owner) {
        return "let '" + owner + "' sign again with `pgattest sign`";
    }

    private static <T> Result<T> refused(String message, String remedy) {
        return Result.rejected(Problem.ofInput(message, remedy));
    }
}
