package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualifiedNameTest {

    record Name(String text, @Nullable String schema, String name, String sql) {}

    static List<Name> names() {
        return List.of(
                new Name("a", null, "a", "a"),
                new Name(" A.B ", "a", "b", "a.b"),
                new Name("\"A\".\"b c\"", "A", "b c", "\"A\".\"b c\""),
                new Name("\"a.b\"", null, "a.b", "\"a.b\""),
                new Name("\"a\"\"b\".c", "a\"b", "c", "\"a\"\"b\".c"),
                new Name("public.user", "public", "user", "public.\"user\""),
                new Name("Größe", null, "größe", "\"größe\""),
                new Name("ÄB", null, "Äb", "\"Äb\""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_is_read_as_the_server_reads_it_and_written_so_that_it_means_the_same(Name name) {
        assertThat(QualifiedName.parse(name.text())).hasValueSatisfying(parsed -> {
            assertThat(parsed).isEqualTo(new QualifiedName(name.schema(), name.name()));
            assertThat(parsed.sql()).isEqualTo(name.sql());
            assertThat(QualifiedName.parse(parsed.sql())).contains(parsed);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a.b.c", "a b", "\"a", "\"\"", "1", "a..b", "'a'", "a, b", "U&\"a\""})
    void something_else_is_no_name(String text) {
        assertThat(QualifiedName.parse(text)).isEmpty();
    }

    @Test
    void a_name_of_a_project_file_is_taken_as_it_is_written() {
        assertThat(QualifiedName.exact("Käufer")).contains(new QualifiedName(null, "Käufer"));
        assertThat(QualifiedName.exact("Shop.Order")).contains(new QualifiedName("Shop", "Order"));
        assertThat(QualifiedName.exact("\"a.b\".c")).contains(new QualifiedName("a.b", "c"));
        assertThat(QualifiedName.exact("a.b.c")).isEmpty();
        assertThat(QualifiedName.exact(".b")).isEmpty();
        assertThat(QualifiedName.exact("")).isEmpty();
    }
}
