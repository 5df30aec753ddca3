package dev.pgattest.signoff;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose key speaks for whom: a file in the format of {@code allowed_signers} that {@code ssh-keygen -Y verify} reads (ALLOWED SIGNERS in
 * ssh-keygen(1)).
 *
 * @param entries in the order of the file
 */
public record AllowedSigners(List<Entry> entries) {

    public AllowedSigners {
        entries = List.copyOf(entries);
    }

    /**
     * One line.
     *
     * @param line its number
     * @param principals patterns of those whom the key speaks for
     * @param key the key
     * @param namespaces patterns of what its signatures may be for; null for anything
     * @param validAfter null when it always was valid
     * @param validBefore null when it always will be
     */
    public record Entry(
            int line,
            String principals,
            SshPublicKey key,
            @Nullable String namespaces,
            @Nullable Instant validAfter,
            @Nullable Instant validBefore) {

        /** Whether the line lets a key sign for a principal in a namespace; its times are not asked. */
        public boolean allows(SshPublicKey other, String principal, String namespace) {
            return key.equals(other) && speaksFor(principal) && allows(namespace);
        }

        boolean speaksFor(String principal) {
            return PatternList.matches(principals, principal);
        }

        boolean allows(String namespace) {
            return namespaces == null || PatternList.matches(namespaces, namespace);
        }

        boolean isValidAt(Instant time) {
            return (validAfter == null || !time.isBefore(validAfter))
                    && (validBefore == null || !time.isAfter(validBefore));
        }
    }

    /**
     * Reads the file's text, or finds every problem of it.
     *
     * @param zone of the times in it that end without a {@code Z}
     */
    public static Result<AllowedSigners> parse(String file, String text, ZoneId zone) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = i + 1;
                Result<Entry> read = new AllowedSignersLine(number, zone).read(line);
                read.problems()
                        .forEach(each -> problems.add(new Problem(file, number, 0, each.message(), each.remedy())));
                if (read.problems().isEmpty()) {
                    entries.add(read.orThrow());
                }
            }
        }
        return problems.isEmpty() ? Result.of(new AllowedSigners(entries)) : Result.rejected(problems);
    }

    /** A pattern that stands for one principal; what a pattern cannot hold is matched by {@code ?}. */
    public static String principal(String name) {
        String pattern = name.replaceAll("[,\"*\\p{Cntrl}]", "?");
        String safe = pattern.startsWith("!") ? "?" + pattern.substring(1) : pattern;
        return "\"" + safe + "\"";
    }

    List<Entry> withKey(SshPublicKey key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).toList();
    }
}
