package dev.pgattest.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.signoff.SignOff.Decision;
import dev.pgattest.testing.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a sign-off can be worth nothing has a test, and a message of its own. */
class SignOffTrustTest {

    private static final String OWNER = "Zahlungen/Team (B2.6)";
    private static final String EVIDENCE = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final Instant SIGNED = Instant.parse("2026-02-03T04:05:06Z");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Path STORED = Path.of("src/test/resources/signoff");

    private static final SignOff RIGHT = new SignOff("shop", EVIDENCE, OWNER, Decision.APPROVED, SIGNED);

    @TempDir
    static Path folder;

    private static SshKeys keys = new SshKeys(Path.of(""));
    private static Path key = Path.of("");

    @BeforeAll
    static void makeAKey() {
        keys = new SshKeys(folder);
        key = keys.generate("owner", "ed25519");
    }

    @Test
    void accepts_what_an_allowed_signer_signed() {
        assertThat(judge(RIGHT).orThrow().signOff()).isEqualTo(RIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa256", "ecdsa384", "ecdsa521", "rsa2048"})
    void accepts_stored_sign_offs_without_ssh_keygen(String name) throws IOException {
        assertThat(judgeStored(name).problems()).isEmpty();
    }

    @Test
    void accepts_a_statement_whose_line_ends_a_checkout_changed() {
        String signature = keys.sign(key, "pgattest", RIGHT.text());

        assertThat(trust(allowed(""), null)
                        .accept(RIGHT.text().replace("\n", "\r\n"), signature, wanted())
                        .problems())
                .isEmpty();
    }

    @Test
    void refuses_an_altered_statement() {
        String signature = keys.sign(key, "pgattest", RIGHT.text());
        SignOff other = new SignOff("shop", EVIDENCE, OWNER, Decision.APPROVED, SIGNED.plusSeconds(1));

        assertThat(message(trust(allowed(""), null).accept(other.text(), signature, wanted())))
                .isEqualTo("the signature is not of this text: one of them was altered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "and more\n",
                "decision: approved\n",
                " ",
            })
    void refuses_a_statement_with_anything_added(String added) {
        String text = RIGHT.text() + added;

        assertThat(message(trust(allowed(""), null).accept(text, keys.sign(key, "pgattest", text), wanted())))
                .isEqualTo("this is no statement that `pgattest sign` wrote");
    }

    @Test
    void refuses_a_forged_signature() {
        String signature = keys.sign(key, "pgattest", RIGHT.text());
        int middle = signature.indexOf("==") - 10;
        char other = signature.charAt(middle) == 'A' ? 'B' : 'A';
        String forged = signature.substring(0, middle) + other + signature.substring(middle + 1);

        assertThat(message(trust(allowed(""), null).accept(RIGHT.text(), forged, wanted())))
                .isEqualTo("the signature is not of this text: one of them was altered");
    }

    @Test
    void refuses_the_signature_of_an_unknown_key() throws IOException {
        assertThat(message(judgeStored("unknown-key"))).contains("the key SHA256:", "is not among the allowed signers");
    }

    @Test
    void refuses_a_signature_made_for_something_else() throws IOException {
        assertThat(message(judgeStored("other-namespace")))
                .isEqualTo("the signature was made for the namespace 'git', not for 'pgattest'");
    }

    @Test
    void refuses_the_key_of_another_principal() {
        AllowedSigners others = allowedLine("billing,x ");

        assertThat(message(
                        trust(others, null).accept(RIGHT.text(), keys.sign(key, "pgattest", RIGHT.text()), wanted())))
                .contains("speaks for billing,x, not for '" + OWNER + "'");
    }

    @Test
    void refuses_the_statement_of_another_owner() {
        SignOff other = new SignOff("shop", EVIDENCE, "billing", Decision.APPROVED, SIGNED);

        assertThat(message(judge(other))).isEqualTo("the statement is that of 'billing'");
    }

    @Test
    void refuses_a_statement_about_other_evidence_or_another_project() {
        SignOff evidence = new SignOff("shop", "0".repeat(64), OWNER, Decision.APPROVED, SIGNED);
        SignOff project = new SignOff("shop2", EVIDENCE, OWNER, Decision.APPROVED, SIGNED);

        assertThat(message(judge(evidence)))
                .contains("is about other evidence (sha256 000000000000..., here it is 9f86");
        assertThat(message(judge(project))).isEqualTo("the statement is about the project 'shop2'");
    }

    @Test
    void refuses_a_key_that_may_sign_only_for_something_else() {
        assertThat(message(judge(RIGHT, allowed("namespaces=\"git,file\" "), null)))
                .contains("do not let the key SHA256:", "sign for 'pgattest'");
        assertThat(judge(RIGHT, allowed("namespaces=\"git,pg*\" "), null).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valid-before=\"20260202Z\" ",
                "valid-before=\"20260210Z\" ",
                "valid-after=\"20260204Z\" ",
                "valid-after=\"20270101Z\" ",
            })
    void refuses_a_key_that_is_expired_or_was_not_yet_valid(String option) {
        assertThat(message(judge(RIGHT, allowed(option), null)))
                .contains("is not valid now, or was not on 2026-02-03T04:05:06Z", "of line 1");
    }

    @Test
    void accepts_one_of_several_keys_of_a_principal() {
        String line = "\"" + OWNER + "\" ";
        Path another = keys.generate("another", "ecdsa");
        AllowedSigners both = AllowedSigners.parse(
                        "allowed_signers",
                        line + "valid-before=\"20200101\" " + SshKeys.publicKey(key) + "\n" + line
                                + SshKeys.publicKey(another) + "\n" + line + SshKeys.publicKey(key) + "\n",
                        ZoneOffset.UTC)
                .orThrow();

        assertThat(judge(RIGHT, both, null).problems()).isEmpty();
    }

    @Test
    void refuses_a_statement_that_is_too_old_or_from_the_future() {
        assertThat(judge(RIGHT, allowed(""), Duration.ofDays(30)).problems()).isEmpty();
        assertThat(message(judge(RIGHT, allowed(""), Duration.ofDays(25))))
                .isEqualTo("the statement of 2026-02-03T04:05:06Z is 25 days old, older than allowed");

        SignOff late = new SignOff("shop", EVIDENCE, OWNER, Decision.APPROVED, NOW.plusSeconds(301));
        assertThat(message(judge(late))).contains("which is in the future");
    }

    @Test
    void refuses_what_the_owner_rejected() {
        SignOff rejected = new SignOff("shop", EVIDENCE, OWNER, Decision.REJECTED, SIGNED);

        assertThat(message(judge(rejected))).isEqualTo("'" + OWNER + "' rejected the evidence on 2026-02-03T04:05:06Z");
    }

    private static Result<SignOffTrust.Accepted> judge(SignOff signOff) {
        return judge(signOff, allowed(""), null);
    }

    private static Result<SignOffTrust.Accepted> judge(
            SignOff signOff, AllowedSigners allowed, @Nullable Duration maxAge) {
        return trust(allowed, maxAge).accept(signOff.text(), keys.sign(key, "pgattest", signOff.text()), wanted());
    }

    private static Result<SignOffTrust.Accepted> judgeStored(String name) throws IOException {
        String allowed = Files.readString(STORED.resolve("allowed_signers"));
        return trust(
                        AllowedSigners.parse("allowed_signers", allowed, ZoneOffset.UTC)
                                .orThrow(),
                        null)
                .accept(
                        Files.readString(STORED.resolve("statement.txt")),
                        Files.readString(STORED.resolve(name + ".sig")),
                        wanted());
    }

    private static SignOffTrust trust(AllowedSigners allowed, @Nullable Duration maxAge) {
        return new SignOffTrust(allowed, NOW, maxAge);
    }

    private static SignOffTrust.Wanted wanted() {
        return new SignOffTrust.Wanted("shop", EVIDENCE, OWNER);
    }

    private static AllowedSigners allowed(String options) {
        return allowedLine("\"" + OWNER + "\" " + options);
    }

    private static AllowedSigners allowedLine(String start) {
        return AllowedSigners.parse("allowed_signers", start + SshKeys.publicKey(key), ZoneOffset.UTC)
                .orThrow();
    }

    private static String message(Result<?> refused) {
        assertThat(refused.problems()).hasSize(1);
        Problem problem = refused.problems().get(0);
        assertThat(problem.remedy()).isNotEmpty();
        return problem.message();
    }
}
