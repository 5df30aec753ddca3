package dev.pgattest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint} as its user calls it. */
class LintCommandTest {

    private static final String GOOD = "set lock_timeout = '2min';\ncreate index concurrently i on a (b);\n";
    private static final String BAD = "set lock_timeout = '2s';\ncreate index i on a (b);\n";

    @TempDir
    Path folder;

    @Test
    void ends_with_0_without_errors_and_with_1_with_one() throws IOException {
        write("V1__good.sql", GOOD);
        ProgramRun passed = lint();
        assertThat(passed.exitCode()).as(passed.out()).isZero();
        assertThat(passed.err()).contains("1 file, 2 statements: ");

        write("V2__bad.sql", BAD);
        ProgramRun failed = lint();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out())
                .contains("V2__bad.sql:2:1: error[index-not-concurrent]: ")
                .contains("  2 | create index i on a (b);\n    | ^^^^^^")
                .contains("  help: create index concurrently i on a (b);");
    }

    @Test
    void a_path_that_does_not_exist_ends_with_2_and_all_of_them_are_named() {
        ProgramRun run = ProgramRun.of(
                "lint",
                folder.resolve("no").toString(),
                folder.resolve("none.sql").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no: error: there is no such file", "none.sql: error: ", "help: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void options_that_are_wrong_end_with_2() throws IOException {
        write("V1__good.sql", GOOD);

        assertThat(lint("--pg-version", "7").exitCode()).isEqualTo(2);
        assertThat(lint("--format", "xml").exitCode()).isEqualTo(2);
        assertThat(lint("--since", "--help").exitCode()).isEqualTo(2);
        assertThat(lint("--project", folder.toString()).exitCode()).isEqualTo(2);
        assertThat(ProgramRun.of("lint").exitCode()).isEqualTo(2);
    }

    @Test
    void json_follows_the_published_schema() throws IOException {
        write("V1__größe.sql", "-- Größe\n" + BAD);
        ProgramRun run = lint("--format", "json");

        String schema = Files.readString(Path.of("docs/schema/lint.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(run.out()).contains("\"rule\" : \"index-not-concurrent\"", "\"line\" : 3", "\"fixable\" : true");
    }

    @Test
    void sarif_follows_the_published_schema() throws IOException {
        write("V1__größe und mehr.sql", "-- Größe\n" + BAD + "select from where;");
        ProgramRun run = lint("--format", "sarif");

        // Its pattern for languages is no regular expression of every dialect, and nothing here has a language.
        String schema = resource("/schema/sarif-schema-2.1.0.json")
                .replaceAll("\"pattern\": \"\\^\\[a-zA-Z][^\\n]*", "\"type\": \"string\"");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(run.out()).contains("gr%C3%B6%C3%9Fe%20und%20mehr.sql", "syntax-error", "\"insertedContent\"");
    }

    @Test
    void annotations_escape_what_would_end_them() throws IOException {
        write("V1__a,b.sql", "set lock_timeout = '2s';\ncreate index i\non a (b) where c like '50%';");

        assertThat(lint("--format", "github").out())
                .contains("V1__a%2Cb.sql,line=2,endLine=3,col=1,", ",title=index-not-concurrent::")
                .contains("%0Aon a (b) where c like '50%25'");
    }

    @Test
    void fixes_in_place_what_is_safe_and_leaves_the_rest_of_the_file_alone() throws IOException {
        String before = "-- Größe: keep me\r\nset lock_timeout = '2min';\r\nCREATE  INDEX i ON a (b);  -- and me\r\n";
        Path file = write("V1__fix.sql", before);

        ProgramRun run = lint("--fix");

        assertThat(Files.readString(file)).isEqualTo(before.replace("INDEX", "INDEX CONCURRENTLY"));
        assertThat(run.err()).contains("fixed ", "V1__fix.sql: 1");
        assertThat(lint("--fix").err()).doesNotContain("fixed ");
    }

    @Test
    void fixes_that_touch_the_same_place_are_made_one_after_another() throws IOException {
        Path file = write(
                "V1__two.sql",
                "set lock_timeout = '1s';\nalter table t add constraint x check (a > 1), add constraint y check (b > 1);\n");

        lint("--fix");

        assertThat(Files.readString(file)).isEqualTo("""
                        set lock_timeout = '1s';
                        alter table t add constraint x check (a > 1) not valid, add constraint y check (b > 1) not valid;
                        alter table t validate constraint y;
                        alter table t validate constraint x;
                        """);
        assertThat(lint().exitCode()).isZero();
    }

    @Test
    void a_fix_keeps_the_byte_order_mark_and_line_ends_and_leaves_other_encodings_alone() throws IOException {
        Path marked = write("V1__bom.sql", "\uFEFFalter table t add column x int;\r\nselect 1;\r\n");
        byte[] latin1 = "select 'ö'; create index i on t (x);".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("V2__latin1.sql"), latin1);

        lint("--fix");

        assertThat(Files.readString(marked))
                .isEqualTo("\uFEFFset lock_timeout = '2s';\r\nalter table t add column x int;\r\nselect 1;\r\n");
        assertThat(Files.readAllBytes(folder.resolve("V2__latin1.sql"))).isEqualTo(latin1);
    }

    @Test
    void nothing_to_check_is_a_mistake_and_an_open_comment_a_finding() throws IOException {
        assertThat(lint().exitCode()).isEqualTo(2);
        assertThat(lint().err()).contains("the folder holds no .sql file");
        assertThat(ProgramRun.of("lint", "").exitCode()).isEqualTo(2);

        write("V1__open.sql", "select 1; /* foo\ndrop table x;");
        assertThat(lint().out()).contains("V1__open.sql:1:11: error[syntax-error]: unterminated /* comment");
    }

    @Test
    void since_shows_only_what_a_revision_does_not_have() throws Exception {
        git("init", "-q");
        Path file = write("V1__old.sql", BAD);
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "one");
        Files.writeString(file, BAD + "create index j on a (c);\n");
        write("V2__new.sql", BAD.replace("index i", "index k"));

        ProgramRun run = lint("--since", "HEAD");

        assertThat(run.out()).contains("index j on", "index k on").doesNotContain("create index i on");
        assertThat(lint("--since", "nothing").exitCode()).isEqualTo(2);
        assertThat(lint("--since", "nothing").err()).contains("nothing", "help: name a commit");
    }

    @Test
    void since_compares_a_renamed_file_with_what_it_was() throws Exception {
        git("init", "-q");
        String more = "select 1;\n".repeat(20);
        write("V1__a name.sql", BAD + more);
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "one");
        git("mv", "V1__a name.sql", "V2__größe.sql");
        Files.writeString(folder.resolve("V2__größe.sql"), BAD + more + "create index j on a (c);\n");

        assertThat(lint("--since", "HEAD").out()).contains("index j on").doesNotContain("create index i on");
    }

    @Test
    void since_shows_what_is_said_once_a_file_at_the_first_new_statement() throws Exception {
        git("init", "-q");
        write("V1__old.sql", "alter table a add column x int;\n");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "one");
        write("V1__old.sql", "alter table a add column x int;\nalter table b add column x int;\n");

        assertThat(lint("--since", "HEAD").out()).contains("V1__old.sql:2:1: warning[missing-lock-timeout]");
    }

    @Test
    void a_link_that_leads_nowhere_is_a_mistake() throws IOException {
        write("V1__good.sql", "select 1;");
        Files.createSymbolicLink(folder.resolve("V2__gone.sql"), folder.resolve("nothing.sql"));

        ProgramRun run = lint();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("V2__gone.sql", "the link leads nowhere");
    }

    @Test
    void a_file_that_is_read_only_stays_as_it_is_and_so_do_the_others() throws IOException {
        Path first = write("V1__one.sql", BAD);
        Path second = write("V2__two.sql", BAD);
        Files.setPosixFilePermissions(second, PosixFilePermissions.fromString("r--r--r--"));

        ProgramRun run = lint("--fix");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("V2__two.sql", "read-only").doesNotContain("fixed");
        assertThat(first).hasContent(BAD);
        assertThat(second).hasContent(BAD);
    }

    @Test
    void a_fix_keeps_who_may_read_the_file() throws IOException {
        Path file = write("V1__one.sql", BAD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        lint("--fix");

        assertThat(Files.readString(file)).isNotEqualTo(BAD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void settings_of_a_project_switch_rules_and_an_unknown_rule_is_a_problem_with_its_place() throws IOException {
        write("V1__bad.sql", BAD);
        Path project = Files.createDirectory(folder.resolve("project"));
        String settings = """
                project: p
                migrations: .
                dataset: d
                workload: w
                profile: p
                gate: s
                states: {s: {}}
                lint:
                  rules:
                    index-not-concurrent: warning
                """;
        Files.writeString(project.resolve("pgattest.yaml"), settings);
        assertThat(lint("--project", project.toString()).out()).contains("warning[index-not-concurrent]");

        Files.writeString(project.resolve("pgattest.yaml"), settings.replace("index-not", "indx-not"));
        ProgramRun wrong = lint("--project", project.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("pgattest.yaml:10:5: error: unknown lint rule 'indx-not-concurrent'");
    }

    @Test
    void what_is_no_sql_ends_in_a_finding() throws IOException {
        write("V1__empty.sql", "");
        write("V2__nul.sql", "select 1;\0select 2;");
        write("V3__deep.sql", "select " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + ";");
        write("V4__text.sql", "This is not SQL at all, it's prose");
        Files.write(folder.resolve("V5__latin1.sql"), "select 'Größe';".getBytes(StandardCharsets.ISO_8859_1));

        ProgramRun run = lint();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).doesNotContain("this is a bug").contains("5 files");
        assertThat(run.out())
                .doesNotContain("V1__empty")
                .contains("V2__nul.sql:1:10: error[syntax-error]")
                .containsPattern("V3__deep.sql:1:[0-9]+: error\\[syntax-error]")
                .doesNotContain("(".repeat(200))
                .contains("V4__text.sql:1:1: error[syntax-error]")
                .contains("V5__latin1.sql:1:11: error[invalid-utf8]");
    }

    private ProgramRun lint(String... options) {
        java.util.ArrayList<String> arguments = new java.util.ArrayList<>(List.of("lint", folder.toString()));
        arguments.addAll(List.of(options));
        return ProgramRun.of(arguments.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(LintCommandTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
