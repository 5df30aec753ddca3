package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.testing.ProvenProject;
import dev.pgattest.testing.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The readiness list of a project that has evidence. */
class VerifyCommandTest {

    private static final String EVIDENCE = "evidence/small-1/evidence.json";

    @TempDir
    Path folder;

    @TempDir
    static Path keyFolder;

    private static Path key = Path.of("");

    @BeforeAll
    static void makeAKey() {
        key = new SshKeys(keyFolder).generate("key", "ed25519");
    }

    @BeforeEach
    void writeTheProject() throws IOException {
        ProvenProject.writeTo(folder);
    }

    @Test
    void lacks_only_the_sign_off_and_is_ready_with_it() throws IOException {
        assertThat(failedItems()).containsExactly("sign-offs");

        sign();
        ProgramRun run = verify();

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .startsWith("governed: evidence in evidence/small-1 (sha256 ")
                .contains("scale 1, gate indexed", "passed  the owners of all P0 queries have signed", "with SHA256:")
                .endsWith("\nREADY\n")
                .doesNotContain("FAILED", "error");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void goes_red_when_one_character_of_a_query_changes_and_names_the_file_alone() throws IOException {
        sign();
        change("queries/q1.sql", "order by id", "order by id ");

        ProgramRun run = verify();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(failures(run)).containsExactly("queries/q1.sql: error: the file has changed since the evidence");
        assertThat(run.out()).contains("NOT READY: 1 item of 8 failed");
    }

    /** A change of a file, and what is said to have changed; nothing when it does not matter. */
    record Change(String file, String part, String replacement, String named) {

        Change(String file, String part, String replacement) {
            this(file, part, replacement, "");
        }
    }

    static final List<Change> CHANGES = List.of(
            new Change(
                    "migrations/V1__tables.sql",
                    ");",
                    "); -- x",
                    "migrations/V1__tables.sql: error: the file has changed"),
            new Change("states/apply.sql", ";", " ;", "states/apply.sql: error: the file has changed"),
            new Change("states/undo.sql", "drop", "DROP", "states/undo.sql: error: the file has changed"),
            new Change("dataset.yaml", "seed: 5", "seed: 6", "dataset.yaml: error: profiles.small has changed"),
            new Change(
                    "dataset.yaml",
                    "{table: owners, column: id}",
                    "{table: owners, column: id, zipf: 1}",
                    "dataset.yaml: error: tables.orders has changed"),
            new Change(
                    "workload.yaml",
                    "p95 < 30 s, parameters: {owner: 3}",
                    "p95 < 31 s, parameters: {owner: 3}",
                    "workload.yaml: error: queries.Q1_orders has changed"),
            new Change("workload.yaml", "owner: 3", "owner: 4", "workload.yaml: error: queries.Q1_orders has changed"),
            new Change(
                    "workload.yaml",
                    "queries:",
                    "defaults: {session: {a.b: x}}\nqueries:",
                    "workload.yaml: error: defaults is new"),
            new Change(
                    "pgattest.yaml",
                    "max_samples: 100",
                    "max_samples: 101",
                    "pgattest.yaml: error: measure has changed"),
            new Change(
                    "pgattest.yaml",
                    "gate: indexed",
                    "gate: indexed\nred_flags: {row-misestimate: off}",
                    "pgattest.yaml: error: red_flags is new"),
            new Change(
                    "pgattest.yaml",
                    "gate: indexed",
                    "gate: indexed\nserver: {settings: {work_mem: 8MB}}",
                    "pgattest.yaml: error: server is new"),
            new Change(
                    "indexes.yaml", "(owner)", "(owner, id)", "indexes.yaml: error: indexes.orders_owner has changed"),
            new Change(
                    "indexes.yaml",
                    "decision: defer",
                    "decision: drop",
                    "indexes.yaml: error: indexes.orders_payload has changed"),
            new Change("pgattest.yaml", "project: governed", "# about\nproject:   governed"),
            new Change(
                    "pgattest.yaml",
                    "project: governed",
                    "description: more\nlint: {pg_version: 16}\nproject: governed"),
            new Change("pgattest.yaml", "{description: the migrations}", "{description: others}"),
            new Change("workload.yaml", "serves: GET /orders", "serves: 'GET /my/orders' # since\n    notes: more"),
            new Change("workload.yaml", "    priority: P0", "    concurrency: 3\n    priority: \"P0\""),
            new Change("indexes.yaml", "rationale: no query looks into it", "rationale: nothing looks into it"),
            new Change("queries/q1.sql", "\n", "\r\n"),
            new Change("migrations/V1__tables.sql", "\n", "\r\n"));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void names_what_has_changed_since_the_evidence_and_nothing_else(Change change) throws IOException {
        sign();
        change(change.file(), change.part(), change.replacement());

        List<String> failures = failures(verify());

        if (change.named().isEmpty()) {
            assertThat(failures).isEmpty();
        } else {
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).startsWith(change.named()));
        }
    }

    @Test
    void names_new_files_and_those_that_are_gone() throws IOException {
        Files.writeString(folder.resolve("migrations/V2__more.sql"), "select 1;\n");
        change("pgattest.yaml", "states/undo.sql", "states/other.sql");
        Files.move(folder.resolve("states/undo.sql"), folder.resolve("states/other.sql"));

        assertThat(failures(verify()))
                .contains(
                        "migrations/V2__more.sql: error: the file is new since the evidence",
                        "pgattest.yaml: error: states.indexed has changed since the evidence",
                        "states/other.sql: error: the file is new since the evidence",
                        "states/undo.sql: error: the file was measured and is gone");
    }

    @Test
    void asks_for_a_new_run_when_an_older_version_made_the_evidence() throws IOException {
        changeEvidence(evidence -> {
            evidence.remove("inputs");
            evidence.path("states").forEach(state -> ((ObjectNode) state).remove("jsonb_columns"));
        });

        assertThat(failures(verify()))
                .contains(
                        "error: the evidence does not say which files it is of: an older version (test) made it",
                        "error: the evidence does not say which columns are jsonb: an older version made it");
        assertThat(verify().out()).contains("help: run `pgattest prove` again");
    }

    @Test
    void fails_with_sense_when_there_is_no_evidence_at_all() throws IOException {
        Files.delete(folder.resolve(EVIDENCE));

        ProgramRun run = verify();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("governed: no evidence\n").contains("help: make it with `pgattest prove`");
        assertThat(failedItems())
                .containsExactly("evidence", "indexes", "jsonb", "dataset", "plans", "slos", "sign-offs");
    }

    /** A change of files or evidence, the item that fails for it and what it says. */
    record Lack(String file, String part, String replacement, String item, String said) {}

    static final List<Lack> LACKS = List.of(
            new Lack("workload.yaml", "    serves: GET /orders\n", "", "queries", "does not say 'serves'"),
            new Lack(
                    "workload.yaml", "    expected_rows: at most 100\n", "", "queries", "does not say 'expected_rows'"),
            new Lack("workload.yaml", "priority: P0", "priority: P1", "queries", "no query has priority P0"),
            new Lack(
                    "indexes.yaml",
                    "serves: [Q1_orders]",
                    "justification: none",
                    "indexes",
                    "the index 'orders_owner' serves, enforces and supports nothing"),
            new Lack(
                    "indexes.yaml",
                    "  orders_owner:\n    table: orders\n    definition: create index orders_owner ",
                    "  orders_other:\n    table: orders\n    definition: create index orders_other ",
                    "indexes",
                    "the gate has the index 'orders_owner' on public.orders, of which nobody says"),
            new Lack(
                    "indexes.yaml",
                    "(payload)",
                    "(other)",
                    "jsonb",
                    "nobody decided whether an index looks into public.orders.payload"),
            new Lack(
                    "indexes.yaml",
                    "table: public.orders\n    definition: create index orders_payload on orders",
                    "table: else.orders\n    definition: create index orders_payload on orders",
                    "jsonb",
                    "nobody decided"),
            new Lack(
                    "pgattest.yaml",
                    "gate: indexed",
                    "gate: plain",
                    "slos",
                    "the evidence was judged by the gate indexed, the project's is plain"),
            new Lack(
                    "workload.yaml",
                    "      worst:",
                    "      worse:",
                    "plans",
                    "no custom plan of Q1_orders worse in the state plain"),
            new Lack(
                    "workload.yaml",
                    "      worst:",
                    "      worse:",
                    "slos",
                    "Q1_orders worse was not measured in the gate indexed"),
            new Lack(
                    "pgattest.yaml",
                    "plan_modes: [custom]",
                    "plan_modes: [custom, generic]",
                    "plans",
                    "no generic plan of Q1_orders typical in the state plain"),
            new Lack(
                    EVIDENCE,
                    "\"profile\" : \"small\"",
                    "\"profile\" : \"other\"",
                    "dataset",
                    "the evidence is of the profile 'other', the project's is 'small'"));

    @ParameterizedTest
    @FieldSource("LACKS")
    void says_for_each_item_what_it_lacks(Lack lack) throws IOException {
        change(lack.file(), lack.part(), lack.replacement());

        JsonNode items = json().path("items");

        JsonNode item = items.valueStream()
                .filter(each -> each.path("id").asString().equals(lack.item()))
                .findFirst()
                .orElseThrow();
        assertThat(item.path("passed").booleanValue()).isFalse();
        assertThat(item.path("problems")
                        .valueStream()
                        .map(problem -> problem.path("message").asString()))
                .anyMatch(message -> message.contains(lack.said()));
        assertThat(item.path("problems")
                        .valueStream()
                        .map(problem -> problem.path("remedy").asString()))
                .noneMatch(String::isBlank);
    }

    @Test
    void does_not_trust_the_verdict_of_the_gate_alone() throws IOException {
        changeEvidence(evidence -> {
            ObjectNode measured =
                    (ObjectNode) evidence.path("states").path(1).path("queries").path(0);
            measured.put("verdict", "FAIL").putArray("reasons").add("misses its SLO");
        });

        assertThat(failures(verify())).contains("error: Q1_orders typical is FAIL: misses its SLO");
        assertThat(failedItems()).contains("slos");
    }

    @Test
    void fails_on_a_red_flag_of_a_case_that_passes() throws IOException {
        changeEvidence(evidence -> ((ObjectNode) evidence.path("states")
                        .path(1)
                        .path("queries")
                        .path(1)
                        .path("modes")
                        .path(0))
                .putArray("red_flags")
                .addObject()
                .put("id", "seq-scan-critical-table")
                .put("severity", "error")
                .put("message", "reads all of it"));

        assertThat(failures(verify()))
                .contains("error: Q1_orders worst raises a red flag, seq-scan-critical-table: reads all of it");
    }

    @Test
    void a_project_without_an_index_plan_names_indexes_in_its_queries() throws IOException {
        change("pgattest.yaml", "indexes: indexes.yaml\n", "");
        assertThat(failures(verify()))
                .contains(
                        "error: the gate has the index 'orders_owner' on public.orders, of which nobody says what it is for");

        change("workload.yaml", "    priority: P0\n", "    priority: P0\n    indexes: {indexed: [orders_owner]}\n");
        assertThat(failedItems()).contains("evidence", "jsonb").doesNotContain("indexes");
        assertThat(verify().out()).contains("declare an index plan (`indexes: indexes.yaml`) with an entry");
    }

    @Test
    void an_index_of_a_partition_has_the_reason_of_its_parents_and_no_other() throws IOException {
        String plan =
                "  parts_at: {table: parts, definition: create index parts_at on parts (at), serves: [Q1_orders], decision: create}\n";
        Files.writeString(folder.resolve("indexes.yaml"), Files.readString(folder.resolve("indexes.yaml")) + plan);
        changeEvidence(evidence -> {
            ArrayNode indexes = (ArrayNode) evidence.path("states").path(1).path("indexes");
            addIndex(
                    indexes, "parts_at", "public.parts", "CREATE INDEX parts_at ON ONLY public.parts USING btree (at)");
            addIndex(indexes, "p1_at_idx", "public.p1", "CREATE INDEX p1_at_idx ON public.p1 USING btree (at)");
        });
        assertThat(failedItems()).doesNotContain("indexes");

        changeEvidence(evidence -> addIndex(
                (ArrayNode) evidence.path("states").path(1).path("indexes"),
                "p1_other_idx",
                "public.p1",
                "CREATE INDEX p1_other_idx ON public.p1 USING btree (other)"));
        assertThat(failures(verify()))
                .contains(
                        "error: the gate has the index 'p1_other_idx' on public.p1, of which nobody says what it is for");
    }

    private static void addIndex(ArrayNode indexes, String name, String table, String definition) {
        indexes.addObject().put("name", name).put("table", table).put("definition", definition);
    }

    @Test
    void refuses_a_sign_off_when_the_evidence_has_changed() throws IOException {
        sign();
        changeEvidence(evidence -> evidence.put("pgattest", "other"));

        assertThat(failures(verify()))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .startsWith("error: " + ProvenProject.OWNER + ": the statement of ")
                        .contains("is about other evidence"));
    }

    @Test
    void accepts_evidence_whose_line_ends_a_checkout_changed() throws IOException {
        sign();
        for (String name : List.of(EVIDENCE)) {
            Path file = folder.resolve(name);
            Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("evidence/small-1/sign-offs"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
            }
        }

        assertThat(verify().exitCode()).isZero();
    }

    @Test
    void says_who_has_not_signed_and_what_is_missing() throws IOException {
        assertThat(failures(verify()))
                .containsExactly(
                        "allowed_signers: error: the project has no allowed_signers, so nobody may sign",
                        "error: " + ProvenProject.OWNER + ": has not signed");

        sign();
        try (Stream<Path> files = Files.list(folder.resolve("evidence/small-1/sign-offs"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sig")).toList()) {
                Files.delete(file);
            }
        }
        assertThat(failures(verify()))
                .singleElement()
                .satisfies(failure -> assertThat(failure).contains("the statement has no signature"));
    }

    @Test
    void refuses_sign_offs_that_are_too_old() throws IOException {
        sign();

        assertThat(verify("--max-age", "1h").exitCode()).isZero();
        assertThat(verify("--max-age", "soon").err()).contains("'soon' is not an age; write for example 90d");
    }

    @Test
    void writes_json_that_conforms_to_its_schema() {
        ProgramRun run = verify("--format", "json");

        Document document = Document.parse("verify.json", run.out()).orThrow();
        assertThat(DocumentSchema.of("verify").check(document).problems()).isEmpty();
        assertThat(json().path("items")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .containsExactly("evidence", "queries", "indexes", "jsonb", "dataset", "plans", "slos", "sign-offs");
        assertThat(json().path("ready").booleanValue()).isFalse();
    }

    @Test
    void ends_with_2_when_an_input_is_wrong() throws IOException {
        assertWrong(
                "has no evidence.json", "--evidence", folder.resolve("states").toString());
        assertWrong(
                "there is no file", "--allowed-signers", folder.resolve("none").toString());
        Path signers = Files.writeString(folder.resolve("signers"), "shop\n");
        assertWrong(
                signers + ":1: error: the line has principals and nothing else",
                "--allowed-signers",
                signers.toString());
        Files.writeString(folder.resolve("allowed_signers"), "# who\nshop ssh-dss AAAA\n");
        assertWrong("allowed_signers:2: error: a key of the type ssh-dss is not supported");
        Files.delete(folder.resolve("allowed_signers"));
        change("pgattest.yaml", "project: governed", "project: another");
        assertWrong("this is evidence of the project 'governed', not of 'another'");
        change("pgattest.yaml", "gate: indexed", "gate: none");
        assertWrong("pgattest.yaml:7:7: error: unknown state 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no json", "{}", "[]", "{\"pgattest\": 1}", "{\"project\": \"governed\"", "null", "\u0000"})
    void calls_what_is_no_evidence_so(String text) throws IOException {
        Files.writeString(folder.resolve(EVIDENCE), text);

        assertWrong("evidence.json: error: this is no evidence of pgattest: ");
        assertThat(ProgramRun.of("check", folder.toString()).exitCode()).isZero();
    }

    @Test
    void asks_which_evidence_is_meant_when_there_are_several() throws IOException {
        Path evidence = folder.resolve("evidence");
        Files.move(evidence.resolve("small-1"), evidence.resolve("small-0.5"));
        assertThat(verify().out()).startsWith("governed: evidence in evidence/small-0.5 ");

        Files.createDirectory(evidence.resolve("small-2"));
        Files.copy(evidence.resolve("small-0.5/evidence.json"), evidence.resolve("small-2/evidence.json"));
        assertWrong("several folders hold evidence: ");
        assertThat(verify("--evidence", evidence.resolve("small-2").toString()).exitCode())
                .isEqualTo(1);
    }

    @Test
    void check_warns_of_evidence_that_is_out_of_date_or_lacks_a_case() throws IOException {
        assertThat(ProgramRun.of("check", folder.toString()).err()).isEmpty();

        change("workload.yaml", "      worst:", "      worse:");
        ProgramRun run = ProgramRun.of("check", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains(
                        "workload.yaml:2:3: warning: the evidence lacks cases of the P0 query 'Q1_orders': worse",
                        "warning: the evidence is out of date: workload.yaml, queries.Q1_orders has changed since the evidence");
        JsonNode json = new JsonMapper()
                .readTree(ProgramRun.of("check", "--format", "json", folder.toString())
                        .out());
        assertThat(json.path("warnings").size()).isEqualTo(2);
    }

    private void assertWrong(String said, String... options) {
        ProgramRun run = verify(options);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.err()).contains(said, "help: ").doesNotContain("this is a bug");
        assertThat(run.out()).isEmpty();
    }

    private ProgramRun verify(String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify", folder.toString()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private JsonNode json() {
        return new JsonMapper().readTree(verify("--format", "json").out());
    }

    private List<String> failedItems() {
        return json().path("items")
                .valueStream()
                .filter(item -> !item.path("passed").booleanValue())
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static List<String> failures(ProgramRun run) {
        return run.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("error: "))
                .toList();
    }

    private void change(String name, String part, String replacement) throws IOException {
        Path file = folder.resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(part);
        Files.writeString(file, text.replace(part, replacement));
    }

    private void changeEvidence(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve(EVIDENCE);
        ObjectNode evidence = (ObjectNode) new JsonMapper().readTree(Files.readString(file));
        change.accept(evidence);
        Files.writeString(file, evidence.toString());
    }

    private void sign() throws IOException {
        Files.writeString(
                folder.resolve("allowed_signers"), "\"" + ProvenProject.OWNER + "\" " + SshKeys.publicKey(key) + "\n");
        ProgramRun run = ProgramRun.of("sign", folder.toString(), "--as", ProvenProject.OWNER, "--key", key.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
    }
}
