package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Files that hold both directions of a change. */
class FilePartsTest {

    private static final String UP = "set lock_timeout = '1s'; alter table t add column x int;\n";
    private static final String DOWN = "set lock_timeout = '1s'; alter table t drop column y; drop table old;\n";

    @Test
    void the_way_back_takes_away_without_a_finding() {
        passes("drop-table", "-- migrate:up\n" + UP + "-- migrate:down\n" + DOWN);
        passes("drop-column", "-- +goose Up\n" + UP + "-- +goose Down\n" + DOWN);
        passes("drop-table", "-- +migrate Up\n" + UP + "-- +migrate Down\n" + DOWN);
        finds("drop-table", "-- migrate:up\n" + DOWN + "-- migrate:down\n" + UP);
        finds("drop-table", "-- this comment speaks of migrate:down\n" + DOWN);
    }

    @Test
    void nothing_follows_from_the_way_back() {
        finds(
                "missing-lock-timeout",
                "-- migrate:up\nset lock_timeout = '1s';\n-- migrate:down\nalter table t drop column x;");
        finds(
                "index-not-concurrent",
                "-- migrate:up\nselect 1;\n-- migrate:down\ncreate table t (x int);",
                "create index i on t (x)");
        passes(
                "alter-column-type-rewrite",
                "create table t (x varchar(10))",
                "-- migrate:up\nselect 1;\n-- migrate:down\nalter table t alter x type varchar(5);",
                "alter table t alter x type varchar(20);");
    }

    @Test
    void these_tools_wrap_a_part_in_a_transaction_unless_a_comment_says_otherwise() {
        String index = "\ncreate index concurrently i on t (x);\n";
        assertThat(finds("concurrently-in-transaction", "-- migrate:up" + index + "-- migrate:down")
                        .remedy())
                .contains("-- migrate:up transaction:false\ncreate index");
        assertThat(finds("concurrently-in-transaction", "-- +goose Up" + index).remedy())
                .contains("-- +goose NO TRANSACTION\n");
        assertThat(finds("concurrently-in-transaction", "-- +migrate Up" + index)
                        .remedy())
                .contains("-- +migrate Up notransaction\n");
        passes("concurrently-in-transaction", "-- migrate:up transaction:false" + index + "-- migrate:down");
        passes("concurrently-in-transaction", "-- +goose NO TRANSACTION\n-- +goose Up" + index);
        passes("concurrently-in-transaction", "-- +migrate Up notransaction" + index);
        finds("concurrently-in-transaction", "-- migrate:up transaction:false\n-- migrate:down" + index);
    }

    @Test
    void a_body_between_the_marks_of_goose_is_one_statement() {
        passes("syntax-error", """
                -- +goose Up
                -- +goose StatementBegin
                create function f() returns int language plpgsql as $$
                begin
                  -- +goose Down is only said here
                  return 1;
                end $$;
                -- +goose StatementEnd
                """);
    }

    @Test
    void one_comment_can_allow_a_rule_in_both_directions() {
        String file = """
                -- pgattest:allow-file missing-lock-timeout: nobody is connected
                -- migrate:up
                alter table t add column x int;
                -- migrate:down
                alter table t drop column x;
                """;
        passes("missing-lock-timeout", file);
        passes("unused-suppression", file);
    }
}
