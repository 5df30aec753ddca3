package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.testing.TestCluster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A fresh database with two tables and the sessions that a fact about index builds needs: who builds, who is in the way, who looks. */
final class FactLab implements AutoCloseable {

    final Connections connections;
    final Session builder;
    final Session other;
    final Session look;

    FactLab() {
        this(TestCluster.freshDatabase());
    }

    FactLab(Connections connections) {
        this.connections = connections;
        this.builder = connections.open();
        this.other = connections.open();
        this.look = connections.open();
        look.execute("create table t (a int, b text); insert into t select n, n::text from generate_series(1, 100) n;"
                + "create table unrelated (a int)");
    }

    static String refusal(Runnable statement) {
        return Failures.of(SqlFailure.class, statement::run).sqlState();
    }

    static String refusal(Session session, String sql) {
        return refusal(() -> session.execute(sql));
    }

    CompletableFuture<Void> inBackground(String sql) {
        return CompletableFuture.runAsync(() -> builder.execute(sql));
    }

    static CompletableFuture<Void> inBackground(Session session, String sql) {
        return CompletableFuture.runAsync(() -> session.execute(sql));
    }

    void await(String condition) {
        while (!look.query(condition, row -> row.getBoolean(1)).get(0)) {
            Thread.onSpinWait();
        }
    }

    void awaitPhase(String phase) {
        await("select exists (select from pg_stat_progress_create_index where phase = '" + phase
                + "' and datname = current_database())");
    }

    /** Whether an index is valid and whether it is ready; empty when it is not there. */
    List<Boolean> standing(String index) {
        return look
                .query(
                        "select indisvalid, indisready from pg_index where indexrelid = to_regclass(?)",
                        row -> List.of(row.getBoolean(1), row.getBoolean(2)),
                        index)
                .stream()
                .findFirst()
                .orElse(List.of());
    }

    String text(String sql) {
        return look.query(sql, row -> row.getString(1)).get(0);
    }

    long number(String sql) {
        return look.query(sql, row -> row.getLong(1)).get(0);
    }

    /** Who looks for a deadlock last finds it, and gives up. The failure of whoever did. */
    static Throwable victim(CompletableFuture<Void> first, CompletableFuture<Void> second) {
        Throwable failure = CompletableFuture.anyOf(failureOf(first), failureOf(second))
                .thenApply(Throwable.class::cast)
                .join();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        SqlFailure.class,
                        deadlock -> assertThat(deadlock.sqlState()).isEqualTo("40P01"));
        return failure;
    }

    /** Ends only when it fails. */
    private static CompletableFuture<Throwable> failureOf(CompletableFuture<Void> statement) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        CompletableFuture<Void> unused = statement.whenComplete((nothing, thrown) -> {
            if (thrown != null) {
                failure.complete(thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown);
            }
        });
        return failure;
    }

    /** Ends every session of the database but the one that looks. */
    void endAllOthers() {
        look.query(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()",
                row -> row.getBoolean(1));
    }

    @Override
    public void close() {
        List.of(builder, other, look).forEach(Session::close);
    }
}
