package dev.pgattest.lint;

import static dev.pgattest.lint.Lint.finds;
import static dev.pgattest.lint.Lint.passes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrentlyInTransactionTest {

    private static final String RULE = "concurrently-in-transaction";

    @Test
    void concurrent_commands_fail_between_begin_and_commit() {
        for (String command : List.of(
                "create index concurrently i on t (x)",
                "create unique index concurrently if not exists i on t (x)",
                "drop index concurrently i",
                "reindex table concurrently t",
                "reindex (concurrently) index i",
                "alter table t detach partition p concurrently")) {
            finds(RULE, "begin; " + command + "; commit");
            finds(RULE, "begin; savepoint s; rollback to s; " + command + "; commit");
            passes(RULE, command);
            passes(RULE, "begin; commit; " + command);
            passes(RULE, "begin; rollback; " + command);
            assertThat(Lint.findings(LintSettings.DEFAULT.inTransactions(), RULE, command))
                    .hasSize(1);
        }
    }

    @Test
    void commit_and_chain_opens_the_next_one() {
        finds(RULE, "begin; commit and chain; drop index concurrently i; commit");
    }

    @Test
    void a_commit_in_the_file_ends_the_transaction_of_the_runner() {
        assertThat(Lint.findings(LintSettings.DEFAULT.inTransactions(), RULE, "commit; drop index concurrently i"))
                .isEmpty();
    }

    @Test
    void what_may_stand_in_a_transaction_passes() {
        passes(RULE, "begin; refresh materialized view concurrently v; create index i on t (x); drop index i; commit");
        passes(RULE, "begin; alter table t detach partition p; reindex table t; commit");
    }

    @Test
    void a_temporary_table_is_no_exception() {
        finds(RULE, "begin; create temporary table t (x int); create index concurrently i on t (x); commit");
    }
}
