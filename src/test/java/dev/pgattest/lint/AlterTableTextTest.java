package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlScript;
import org.junit.jupiter.api.Test;

class AlterTableTextTest {

    @Test
    void the_head_ends_behind_the_name_and_what_follows_it() {
        assertThat(text("alter table if exists only a . \"T\" add x int").head())
                .isEqualTo("alter table if exists only a . \"T\"");
        assertThat(text("alter table only (t) add x int").head()).isEqualTo("alter table only (t)");
        assertThat(text("ALTER TABLE /* ü */ größe * ADD x int").head()).isEqualTo("ALTER TABLE /* ü */ größe *");
    }

    @Test
    void commands_are_told_apart_at_commas_outside_of_brackets() {
        AlterTableText text =
                text("alter table t add x numeric(3, 2) default f(1, array[2, 3]), drop column y /* , */,\n add z int");
        assertThat(text.commands()).hasSize(3);
        assertThat(text.text(0)).isEqualTo("add x numeric(3, 2) default f(1, array[2, 3])");
        assertThat(text.text(1)).isEqualTo("drop column y");
        assertThat(text.text(2)).isEqualTo("add z int");
    }

    private static AlterTableText text(String sql) {
        SqlFile file = new SqlFile("a.sql", sql);
        Statement statement = StatementReader.read(
                        file, SqlScript.statements(sql).get(0), Statement.Inside.FILE)
                .statement()
                .orElseThrow();
        return AlterTableText.of(statement).orElseThrow();
    }
}
