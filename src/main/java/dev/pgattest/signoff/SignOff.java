package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An owner's statement over evidence. Its text is what is signed; equal statements have equal texts and no other text is one.
 *
 * @param project name of the project
 * @param evidence SHA-256 of the evidence, in lower-case hexadecimal
 * @param owner who speaks
 * @param decision what is said
 * @param date when, to the second
 */
public record SignOff(String project, String evidence, String owner, Decision decision, Instant date) {

    /** What signatures are made for, so that none can be taken from elsewhere, or used there. */
    public static final String NAMESPACE = "pgattest";

    /** What is added to the name of a statement for its signature. */
    public static final String SIGNATURE = ".sig";

    /** Folder of the statements in that of the evidence. */
    public static final String FOLDER = "sign-offs";

    private static final Pattern FORM = Pattern.compile("""
            pgattest sign-off 1
            project: (.+)
            evidence: sha256:([0-9a-f]{64})
            owner: (.+)
            decision: ([a-z]+)
            date: (.+)
            """);
    private static final int LONGEST_SLUG = 40;
    private static final int DIGITS_OF_DIGEST = 12;

    public SignOff {
        date = date.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What an owner says. */
    public enum Decision {
        APPROVED,
        REJECTED;

        /** As in statements. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a name cannot stand in a statement; empty when it can. */
    public static List<Problem> problemsOfName(String what, String name) {
        boolean isOneLine = name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        return isOneLine && !name.isBlank()
                ? List.of()
                : List.of(Problem.ofInput(
                        "the " + what + " has a line break or another control character in its name, or no name",
                        "write the name on one line of the project's files"));
    }

    /** Reads a statement; a text that differs from what {@link #text} writes is none. The problem has no place. */
    public static Result<SignOff> parse(String text) {
        Matcher matcher = FORM.matcher(text.replace("\r\n", "\n"));
        if (matcher.matches()) {
            try {
                SignOff read = new SignOff(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3),
                        Decision.valueOf(matcher.group(4).toUpperCase(Locale.ROOT)),
                        Instant.parse(matcher.group(5)));
                if (read.text().equals(matcher.group())) {
                    return Result.of(read);
                }
            } catch (DateTimeException | IllegalArgumentException e) {
                // Neither a date nor a decision of ours: the text was altered.
            }
        }
        return Result.rejected(Problem.ofInput("this is no statement that `pgattest sign` wrote", "sign again"));
    }

    /** The text that is signed. */
    public String text() {
        return "pgattest sign-off 1\nproject: " + project + "\nevidence: sha256:" + evidence + "\nowner: " + owner
                + "\ndecision: " + decision.word() + "\ndate: " + date + "\n";
    }

    /**
     * The name of an owner's file: readable, safe in every file system, different for owners that differ at all. The signature is
     * beside it, with {@code .sig} added, as {@code ssh-keygen} has it.
     */
    public static String fileName(String owner) {
        String slug =
                owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String start = slug.substring(0, Math.min(LONGEST_SLUG, slug.length()));
        String digest = Sha256.hex(owner).substring(0, DIGITS_OF_DIGEST);
        return (start.isEmpty() ? "" : start + "-") + digest + ".txt";
    }
}
