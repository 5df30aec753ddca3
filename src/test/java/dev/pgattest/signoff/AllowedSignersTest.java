package dev.pgattest.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AllowedSignersTest {

    private static String key = "";

    @BeforeAll
    static void takeAKey() throws IOException {
        String line = Files.readAllLines(Path.of("src/test/resources/signoff/allowed_signers"))
                .get(0);
        key = line.substring(line.indexOf("ssh-ed25519"));
    }

    @Test
    void reads_every_form_of_a_line() {
        List<AllowedSigners.Entry> entries = read("""
                # comment

                shop %1$s
                \t"B2.6 (Attribution API)",other %1$s
                shop,b*,!bad namespaces="git,pgattest" %1$s with a comment
                shop valid-after="20260101",valid-before="202602010203Z" %1$s
                shop VALID-AFTER="20260101000005",NAMESPACES="p?attest" %1$s
                """.formatted(key)
                        .replace("\",other", "\"")
                        .replace("\n", "\r\n"))
                .entries();

        assertThat(entries).extracting(AllowedSigners.Entry::line).containsExactly(3, 4, 5, 6, 7);
        assertThat(entries.get(1).principals()).isEqualTo("B2.6 (Attribution API)");
        assertThat(entries.get(2).allows("pgattest")).isTrue();
        assertThat(entries.get(2).allows("file")).isFalse();
        assertThat(entries.get(3).validAfter()).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(entries.get(3).validBefore()).isEqualTo("2026-02-01T02:03:00Z");
        assertThat(entries.get(4).validAfter()).isEqualTo("2025-12-31T23:00:05Z");
        assertThat(entries.get(4).allows("pgattest")).isTrue();
    }

    @Test
    void knows_when_a_key_is_valid() {
        AllowedSigners.Entry entry = read("shop valid-after=\"20260101Z\",valid-before=\"20260201Z\" " + key)
                .entries()
                .get(0);

        assertThat(entry.isValidAt(Instant.parse("2025-12-31T23:59:59Z"))).isFalse();
        assertThat(entry.isValidAt(Instant.parse("2026-01-01T00:00:00Z"))).isTrue();
        assertThat(entry.isValidAt(Instant.parse("2026-02-01T00:00:00Z"))).isTrue();
        assertThat(entry.isValidAt(Instant.parse("2026-02-01T00:00:01Z"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop        | shop          | true
            shop        | Shop          | false
            shop        | shopping      | false
            *           | anyone        | true
            sh?p        | shop          | true
            sh?p        | shp           | false
            *@x,!bad@x  | good@x        | true
            *@x,!bad@x  | bad@x         | false
            !bad@x      | good@x        | false
            *a*a*b      | aaaaaaaaaaaaac | false
            *a*a*b      | xaxaxb        | true
            a.c         | abc           | false
            Zahl*       | Zahlungen/Team | true
            """)
    void matches_principals_as_ssh_does(String patterns, String principal, boolean matches) {
        assertThat(PatternList.matches(patterns, principal)).isEqualTo(matches);
    }

    /** A wrong line with what is said of it; {@code KEY} stands for a key. */
    record Wrong(String line, String said) {}

    static final List<Wrong> WRONG = List.of(
            new Wrong("shop", "the line has principals and nothing else"),
            new Wrong("shop namespaces=\"pgattest\"", "the line has no key"),
            new Wrong("shop ssh-ed25519", "the line has no key"),
            new Wrong("shop cert-authority KEY", "certificates (cert-authority) are not supported"),
            new Wrong("shop valid-until=\"20260101\" KEY", "unknown option 'valid-until'"),
            new Wrong("shop valid-after=20260101 KEY", "the options cannot be read"),
            new Wrong("shop valid-after=\"20260230\" KEY", "'20260230' is not a time"),
            new Wrong("shop valid-after=\"yesterday\" KEY", "'yesterday' is not a time"),
            new Wrong("shop namespaces=\"a\",namespaces=\"b\" KEY", "the option 'namespaces' is repeated"),
            new Wrong("shop namespaces=\"a\", KEY", "the options cannot be read"),
            new Wrong("shop ssh-dss AAAAB3NzaC1kc3M", "a key of the type ssh-dss is not supported"),
            new Wrong("shop ssh-rsa KEY", "the key cannot be read"),
            new Wrong("shop ssh-ed25519 AAAA", "the key cannot be read: it ends too early"),
            new Wrong("shop ssh-ed25519 not-base64", "the key cannot be read"));

    @ParameterizedTest
    @FieldSource("WRONG")
    void says_what_is_wrong_with_a_line(Wrong wrong) {
        String text = "# first\n" + wrong.line().replace("KEY", key) + "\n";

        List<Problem> problems =
                AllowedSigners.parse("allowed_signers", text, ZoneOffset.UTC).problems();

        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).message()).startsWith(wrong.said());
        assertThat(problems.get(0).place()).isEqualTo("allowed_signers:2");
        assertThat(problems.get(0).remedy()).isNotEmpty();
    }

    @Test
    void lists_the_problems_of_all_lines() {
        String text = "a\nb ssh-dss AAAA\n" + "c " + key + "\n";

        assertThat(AllowedSigners.parse("allowed_signers", text, ZoneOffset.UTC).problems())
                .hasSize(2);
    }

    private static AllowedSigners read(String text) {
        return AllowedSigners.parse("allowed_signers", text, ZoneId.of("Europe/Berlin"))
                .orThrow();
    }
}
