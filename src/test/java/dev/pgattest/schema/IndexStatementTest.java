package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.sql.QualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexStatementTest {

    private static final QualifiedName COPY = new QualifiedName("pg_temp", "Copy");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create index i on t (a) | create index on pg_temp.\"Copy\" (a)",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING btree (a); "
                        + "| create unique index on pg_temp.\"Copy\" USING btree (a)",
                "create index \"on t (\" on \"S\".\"T using\" (a) | create index on pg_temp.\"Copy\" (a)",
                "create index on d.s.t (a) where s.t.a > 1 and d.s.t.b and t.c "
                        + "| create index on pg_temp.\"Copy\" (a) where t.a > 1 and t.b and t.c",
                "create index on \"ß\" (\"ß\") where \"ä\".\"ß\".\"ö\" = 'ü' "
                        + "| create index on pg_temp.\"Copy\" (\"ß\") where \"ß\".\"ö\" = 'ü'",
                "create index on t (a) with (fillfactor = 70) tablespace fast where tablespace = 1 "
                        + "| create index on pg_temp.\"Copy\" (a) with (fillfactor = 70)  where tablespace = 1",
                "create index on t (a) where tablespace = 1 "
                        + "| create index on pg_temp.\"Copy\" (a) where tablespace = 1",
                "create index /* on u */ on t (a) -- the end " + "| create index on pg_temp.\"Copy\" (a)",
            })
    void is_said_of_another_table(String sql, String expected) {
        assertThat(IndexStatement.parse(sql).orThrow().on(COPY)).isEqualTo(expected);
    }

    @Test
    void a_constraint_is_said_of_another_table() {
        IndexStatement statement = IndexStatement.constraint(
                        "K",
                        new QualifiedName("s", "t"),
                        "exclude using gist (a with &&) using index tablespace x where (s.t.b)")
                .orThrow();

        assertThat(statement.on(COPY))
                .isEqualTo("alter table pg_temp.\"Copy\" add exclude using gist (a with &&)  where (t.b)");
        assertThat(statement.definition().backing()).isEqualTo(Backing.EXCLUSION);
        assertThat(statement.named("New")).startsWith("alter table s.t add constraint \"New\" exclude using gist");
    }

    @Test
    void is_said_under_another_name() {
        IndexStatement statement =
                IndexStatement.parse("create unique index i on \" on \" (a)").orThrow();

        assertThat(statement.named("on")).isEqualTo("create unique index \"on\" on \" on \" (a)");
        assertThat(statement.indexName()).contains("i");
        assertThat(statement.table()).isEqualTo(new QualifiedName(null, " on "));
        assertThat(IndexStatement.parse("create index on t (a)").orThrow().indexName())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create index on t (a | cannot be read",
                "create index on t (a); drop table t | not one",
                "create table t (a int) | not one",
                "`` | not one"
            })
    void rejects_what_makes_no_single_index(String sql, String message) {
        assertThat(IndexStatement.parse(sql).problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "primary key | cannot be read",
                "primary key using index i | no index of its own",
                "check (a > 1) | no index of its own",
                "unique (a), drop column b | no index of its own",
                "unique (a); drop table t | no index of its own"
            })
    void rejects_what_is_no_single_constraint_with_an_index(String text, String message) {
        assertThat(IndexStatement.constraint("c", new QualifiedName(null, "t"), text)
                        .problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(message);
    }
}
