package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.deploy.Step;
import dev.pgattest.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentSessionTest {

    private static final Step.Limits LIMITS = new Step.Limits(Duration.ofSeconds(1), Duration.ZERO, 1, 0);

    @ParameterizedTest
    @CsvSource({"off, local", "local, local", "on, on", "remote_apply, remote_apply"})
    void what_it_commits_survives_a_crash_whatever_the_default_of_the_database_is(String before, String within) {
        Connections database = TestCluster.freshDatabase();
        try (Session session = database.open()) {
            session.execute("alter database " + database.settings().database() + " set synchronous_commit = " + before);
        }
        try (DeploymentSession session = DeploymentSession.open(database)) {
            assertThat(session.session().text("show synchronous_commit")).isEqualTo(within);
            session.alone(List.of("set synchronous_commit = off"), LIMITS);
            assertThat(session.session().text("show synchronous_commit")).isEqualTo(within);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_parallel_maintenance_workers", "max_parallel_workers_per_gather"})
    void a_step_has_the_workers_that_its_limits_give_it_and_the_session_its_own_again(String setting) {
        Connections database = TestCluster.freshDatabase();
        try (DeploymentSession session = DeploymentSession.open(database)) {
            String before = session.session().text("show " + setting);
            session.alone("create table seen as select current_setting('" + setting + "')::int as workers", LIMITS);
            Step.Limits more = new Step.Limits(Duration.ofSeconds(1), Duration.ZERO, 1, 7);
            session.alone("insert into seen select current_setting('" + setting + "')::int", more);
            assertThat(session.session().query("select workers from seen order by 1", row -> row.getInt(1)))
                    .containsExactly(0, 7);
            assertThat(session.session().text("show " + setting))
                    .isEqualTo(before)
                    .isNotIn("0", "7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "pglz"})
    void the_log_is_compressed_unless_the_server_does_so(String before) {
        Connections database = TestCluster.freshDatabase();
        try (Session session = database.open()) {
            session.execute("alter database " + database.settings().database() + " set wal_compression = " + before);
        }
        try (DeploymentSession session = DeploymentSession.open(database)) {
            String within = session.session().text("show wal_compression");
            assertThat(within).isNotEqualTo("off");
            assertThat(before.equals("off") || within.equals(before)).as(within).isTrue();
            session.alone(List.of("set wal_compression = off"), LIMITS);
            assertThat(session.session().text("show wal_compression")).isEqualTo(within);
        }
    }

    @Test
    void who_may_not_compress_the_log_deploys_without() {
        Connections database = TestCluster.freshDatabase();
        String role = "deployer_" + database.settings().database();
        try (Session session = database.open()) {
            session.execute("create role " + role + " login password 'p1234567'");
        }
        Connections humble = new Connections(database.settings().withUser(role, new Secret("p1234567")));
        try (DeploymentSession session = DeploymentSession.open(humble)) {
            session.alone("select 1", LIMITS);
            assertThat(session.session().text("show wal_compression")).isEqualTo("off");
        }
    }
}
