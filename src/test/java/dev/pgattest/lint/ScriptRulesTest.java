package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRulesTest {

    private static final String LONG = "identifier-too-long";
    private static final String UNDO = "missing-undo";
    private static final String N60 = "n".repeat(60);

    @Test
    void names_have_at_most_63_bytes() {
        finds(LONG, "create index " + N60 + "1234 on t (x)");
        finds(LONG, "create index \"" + N60 + "1234\" on t (x)");
        finds(LONG, "create index \"" + "ö".repeat(32) + "\" on t (x)");
        finds(LONG, "alter table t rename column x to " + N60 + "1234");
        passes(LONG, "create index " + N60 + "123 on t (x)");
        passes(LONG, "create index \"" + "ö".repeat(31) + "\" on t (x)");
        passes(LONG, "select '" + N60 + "1234' -- " + N60 + "1234");
    }

    @Test
    void whole_characters_are_kept() {
        assertThat(finds(LONG, "create index \"" + "n".repeat(62) + "öx\" on t (x)")
                        .message())
                .endsWith("PostgreSQL keeps 63: " + "n".repeat(62));
    }

    @Test
    void a_name_is_found_once_a_file() {
        String name = N60 + "1234";
        assertThat(Lint.findings(LintSettings.DEFAULT, LONG, "create index " + name + " on t (x); drop index " + name))
                .hasSize(1);
    }

    @Test
    void two_names_that_become_one_are_told() {
        assertThat(finds(LONG, "create index " + N60 + "1234 on t (x); create index " + N60 + "1235 on t (y)")
                        .message())
                .contains("which is also what it makes of " + N60 + "1235");
        assertThat(finds(LONG, "create index " + N60 + "123 on t (x)", "create index " + N60 + "1234 on t (y)")
                        .message())
                .contains("which is also what it makes of " + N60 + "123");
        assertThat(finds(LONG, "create index " + N60 + "124 on t (x)", "create index " + N60 + "1234 on t (y)")
                        .message())
                .doesNotContain("also");
    }

    @Test
    void a_change_has_an_undo_where_the_project_asks_for_it() {
        assertThat(missing("V1__a.sql")).containsExactly("V1__a.sql");
        assertThat(missing("V1__a.sql", "U1__other.sql")).isEmpty();
        assertThat(missing("V1__a.sql", "U2__a.sql")).containsExactly("V1__a.sql");
        assertThat(missing("m/1_a.up.sql", "m/1_a.down.sql")).isEmpty();
        assertThat(missing("m/1_a.up.sql", "n/1_a.down.sql")).containsExactly("m/1_a.up.sql");
        assertThat(missing("R__views.sql")).isEmpty();
        passes(UNDO, "create index i on t (x)");
    }

    @Test
    void a_file_may_hold_both_directions_or_nothing() {
        LintSettings asking = new LintSettings(15, false, null, true, java.util.Map.of());
        assertThat(Lint.findings(asking, UNDO, "create index i on t (x);\n-- migrate:down\ndrop index i;"))
                .isEmpty();
        assertThat(Lint.findings(asking, UNDO, "-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;"))
                .isEmpty();
        assertThat(Lint.findings(asking, UNDO, "-- nothing to do")).isEmpty();
        assertThat(Lint.findings(asking, UNDO, "select 1; -- no rollback")).hasSize(1);
    }

    private static List<String> missing(String... paths) {
        LintSettings asking = new LintSettings(15, false, null, true, java.util.Map.of());
        List<dev.pgattest.sql.SqlFile> files = List.of(paths).stream()
                .map(path -> new dev.pgattest.sql.SqlFile(path, "select 1"))
                .toList();
        return Linter.lint(LintInput.inOrder(files), asking).findings().stream()
                .filter(finding -> finding.rule().equals(UNDO))
                .map(Finding::file)
                .toList();
    }
}
