package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.ProvenProject;
import dev.pgattest.testing.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignCommandTest {

    static final List<String> ODD_OWNERS = List.of(
            "B2.6 (Attribution API)",
            "Zahlungen/Team",
            "../../outside",
            "a, b",
            "!no",
            "*",
            "a\"b",
            "a\\b",
            "-x",
            "数据团队",
            "x".repeat(200));

    @TempDir
    Path folder;

    @TempDir
    Path keyFolder;

    private SshKeys keys = new SshKeys(Path.of(""));
    private Path key = Path.of("");

    @BeforeEach
    void writeTheProject() throws IOException {
        ProvenProject.writeTo(folder);
        keys = new SshKeys(keyFolder);
        key = keys.generate("key", "ed25519");
    }

    @ParameterizedTest
    @FieldSource("ODD_OWNERS")
    void signs_as_an_owner_of_any_name_and_ssh_keygen_accepts_it(String owner) throws IOException {
        rename(owner);

        ProgramRun run = sign(owner);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("approved by " + owner + " with SHA256:");
        Path signed = onlyFile(".txt");
        assertThat(Files.readString(signed)).contains("\nowner: " + owner + "\ndecision: approved\n");
        String line = run.err()
                .lines()
                .filter(each -> each.contains("add the line: "))
                .findFirst()
                .orElseThrow();
        Path signers = Files.writeString(
                folder.resolve("allowed_signers"), line.substring(line.indexOf("add the line: ") + 14) + "\n");
        assertThat(ProgramRun.of("verify", folder.toString()).out()).endsWith("\nREADY\n");
        assertThat(keys.verifies(signers, owner, onlyFile(".sig"), signed)).isTrue();
        assertThat(keys.verifies(signers, "someone else", onlyFile(".sig"), signed))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa"})
    void signs_with_other_keys_and_replaces_an_older_statement(String type) throws IOException {
        assertThat(sign(ProvenProject.OWNER).exitCode()).isZero();
        String before = Files.readString(onlyFile(".sig"));
        key = keys.generate("other", type);

        assertThat(sign(ProvenProject.OWNER).exitCode()).isZero();

        assertThat(Files.readString(onlyFile(".sig"))).isNotEqualTo(before);
    }

    @Test
    void a_rejection_fails_verify_and_says_who_rejected() throws IOException {
        Files.writeString(
                folder.resolve("allowed_signers"), "\"" + ProvenProject.OWNER + "\" " + SshKeys.publicKey(key) + "\n");

        ProgramRun run = sign(ProvenProject.OWNER, "--decision", "rejected");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("rejected by ");
        assertThat(ProgramRun.of("verify", folder.toString()).out())
                .contains("'" + ProvenProject.OWNER + "' rejected the evidence on ");
    }

    @Test
    void refuses_what_is_not_of_todays_files_and_names_it() throws IOException {
        Path file = folder.resolve("queries/q1.sql");
        Files.writeString(file, Files.readString(file) + "\n-- more\n");

        ProgramRun run = sign(ProvenProject.OWNER);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("queries/q1.sql: error: the file has changed since the evidence");
        assertThat(folder.resolve("evidence/small-1/sign-offs")).doesNotExist();
        assertThat(sign(ProvenProject.OWNER, "--decision", "rejected").exitCode())
                .isZero();
    }

    @Test
    void refuses_to_approve_evidence_that_fails() throws IOException {
        Path file = folder.resolve("evidence/small-1/evidence.json");
        Files.writeString(file, Files.readString(file).replace("\"verdict\" : \"PASS\"", "\"verdict\" : \"FAIL\""));

        ProgramRun run = sign(ProvenProject.OWNER);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Q1_orders typical is FAIL");
    }

    @Test
    void refuses_strangers_missing_keys_and_missing_evidence_all_at_once() throws IOException {
        Files.delete(folder.resolve("evidence/small-1/evidence.json"));

        ProgramRun run = sign("Zahlungen");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "error: 'Zahlungen' owns no query of the project",
                        "known owners: " + ProvenProject.OWNER,
                        "error: the project has no evidence to sign");
    }

    @Test
    void ends_with_2_without_a_key_and_with_3_when_ssh_keygen_refuses() throws IOException {
        key = keyFolder.resolve("none");
        assertThat(sign(ProvenProject.OWNER).exitCode()).isEqualTo(2);
        assertThat(sign(ProvenProject.OWNER).err()).contains("error: there is no key '" + key + "'");

        key = Files.writeString(keyFolder.resolve("odd"), "no key\n");
        ProgramRun refused = sign(ProvenProject.OWNER);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("ssh-keygen did not sign with");
        assertThat(folder.resolve("evidence/small-1/sign-offs")).doesNotExist();
    }

    @Test
    void refuses_an_owner_whose_name_would_forge_a_line() throws IOException {
        Path file = folder.resolve("workload.yaml");
        Files.writeString(
                file, Files.readString(file).replace("\"" + ProvenProject.OWNER + "\"", "\"a\\ndecision: approved\""));

        ProgramRun run = sign("a\ndecision: approved");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the owner has a line break or another control character in its name");
    }

    private void rename(String owner) throws IOException {
        Path file = folder.resolve("workload.yaml");
        String quoted = owner.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(file, Files.readString(file).replace(ProvenProject.OWNER, quoted));
    }

    private Path onlyFile(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("evidence/small-1/sign-offs"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private ProgramRun sign(String owner, String... options) {
        return ProgramRun.of(Stream.concat(
                        Stream.of("sign", folder.toString(), "--as=" + owner, "--key", key.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}
