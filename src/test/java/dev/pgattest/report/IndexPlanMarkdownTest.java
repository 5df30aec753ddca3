package dev.pgattest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexPlanMarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create index on t (a) | B-tree",
                "create unique index on t (a) include (b) where c | unique B-tree, covering, partial",
                "create index on t using gin (a) | GIN",
                "create index on t using hash (lower(a)) | HASH, on an expression",
                "create index on t using spgist (a) | spgist",
                "primary key (a) | unique B-tree, of the primary key",
                "unique (a) | unique B-tree, of a unique constraint",
                "exclude using gist (a with &&) | GIST, of an exclusion constraint"
            })
    void names_the_type_in_words(String sql, String expected) {
        IndexDefinition definition = (sql.startsWith("create")
                        ? IndexStatement.parse(sql)
                        : IndexStatement.constraint("c", new QualifiedName(null, "t"), sql))
                .orThrow()
                .definition();

        assertThat(IndexPlanMarkdown.type(definition)).isEqualTo(expected);
    }
}
