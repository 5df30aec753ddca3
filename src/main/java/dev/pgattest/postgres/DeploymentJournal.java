package dev.pgattest.postgres;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentHistory;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.deploy.DeploymentRecord.Actor;
import dev.pgattest.deploy.DeploymentRecord.StepRecord;
import dev.pgattest.deploy.DeploymentRecord.Waits;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SecretText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The record of deployments in the schema {@code pgattest} of the database that they change. */
public final class DeploymentJournal {

    private static final String BEGIN_STEP = """
            insert into pgattest.deployment_step (
                deployment, position, key, kind, object, index_schema, index_name, sql, before_definition, before_constraint,
                before_checked, before_comment, operator, host, process)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            returning id
            """;

    private static final String END_STEP = """
            update pgattest.deployment_step
            set outcome = ?, message = ?, retries = ?, waited_for = ?, finished_at = pg_catalog.clock_timestamp()
            where id = ?
            returning id
            """;

    private final Session session;
    private final Actor actor;
    private final Supplier<Waits> waits;

    /**
     * The journal of the session's database, written by somebody.
     *
     * @param waits what the step that is at work had to wait for so far
     */
    public DeploymentJournal(Session session, Actor actor, Supplier<Waits> waits) {
        this.session = session;
        this.actor = actor;
        this.waits = waits;
    }

    /** Whether the database has one. */
    public static boolean exists(Session session) {
        return session.query(
                        "select pg_catalog.to_regclass('pgattest.deployment_step') is not null",
                        row -> row.getBoolean(1))
                .get(0);
    }

    /**
     * The deployments of a project; none when there is no journal.
     *
     * @throws PgattestException of the environment when the journal may not be read
     */
    public static DeploymentHistory read(Session session, String project) {
        if (!exists(session)) {
            return new DeploymentHistory(List.of());
        }
        Map<Long, List<StepRecord>> steps = new HashMap<>();
        session.query(SqlResource.text("deployment_steps"), row -> {
            return steps.computeIfAbsent(row.getLong("deployment"), id -> new ArrayList<>())
                    .add(step(row));
        });
        return new DeploymentHistory(session.query(
                SqlResource.text("deployments"),
                row -> new DeploymentRecord(
                        row.getLong("id"),
                        row.getString("project"),
                        DeploymentPlan.Direction.valueOf(
                                row.getString("direction").toUpperCase(Locale.ROOT)),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("plan"),
                        row.getObject("undoes", Long.class),
                        DeploymentRecord.Outcome.valueOf(
                                row.getString("outcome").toUpperCase(Locale.ROOT)),
                        instant(row, "started_at").orElse(Instant.EPOCH),
                        instant(row, "finished_at").orElse(null),
                        steps.getOrDefault(row.getLong("id"), List.of())),
                project));
    }

    private static StepRecord step(ResultSet row) throws SQLException {
        String index = row.getString("index_name");
        QualifiedName name = index == null ? null : new QualifiedName(row.getString("index_schema"), index);
        return new StepRecord(
                row.getString("key"),
                row.getString("kind"),
                row.getString("object"),
                name,
                name == null ? null : before(name, row),
                new Actor(row.getString("operator"), row.getString("host"), row.getLong("process")),
                row.getString("outcome"),
                instant(row, "started_at").orElse(Instant.EPOCH),
                instant(row, "finished_at").orElse(null),
                row.getString("message"),
                new Waits(
                        row.getInt("retries"),
                        row.getString("waited_for").lines().toList()));
    }

    private static @Nullable WantedIndex before(QualifiedName name, ResultSet row) throws SQLException {
        String definition = row.getString("before_definition");
        if (definition == null) {
            return null;
        }
        String constraint = row.getString("before_constraint");
        IndexStatement statement = IndexStatement.parse(definition).orThrow();
        // Of an index that was renamed, its former name.
        QualifiedName own =
                new QualifiedName(name.schema(), statement.indexName().orElse(name.name()));
        return new WantedIndex(
                own,
                statement,
                constraint == null ? null : new WantedIndex.Constraint(constraint, row.getString("before_checked")),
                row.getString("before_comment"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** What makes the journal's tables in the schema {@code pgattest}, without a semicolon at the end. */
    public static String tables() {
        return SqlResource.text("deployment_journal");
    }

    /** Makes the journal where there is none. */
    public void make() {
        if (exists(session)) {
            complete();
            return;
        }
        session.execute("begin");
        try {
            boolean schema = session.query(
                            "select exists (select from pg_catalog.pg_namespace where nspname = 'pgattest')",
                            row -> row.getBoolean(1))
                    .get(0);
            if (!schema) {
                // Without IF NOT EXISTS, which would want the right to make schemas even where there is one.
                session.execute("create schema pgattest");
            }
            session.execute(tables());
            session.execute("commit");
        } catch (SqlFailure failure) {
            if (!failure.isTrouble()) {
                session.execute("rollback");
            }
            throw failure;
        }
    }

    /** Adds the columns that a journal of an earlier version lacks. */
    private void complete() {
        boolean lacking = session.query("""
                        select not exists (
                            select from pg_catalog.pg_attribute
                            where attrelid = pg_catalog.to_regclass('pgattest.deployment_step') and attname = 'waited_for')
                        """, row -> row.getBoolean(1)).get(0);
        if (lacking) {
            session.execute("alter table pgattest.deployment_step add column retries integer not null default 0,"
                    + " add column waited_for text not null default ''");
        }
    }

    /** Begins a deployment and gives its number. */
    public long begin(DeploymentPlan plan, Optional<Long> undoes) {
        return session.query(
                        "insert into pgattest.deployment (project, direction, from_state, to_state, plan, undoes)"
                                + " values (?, ?, ?, ?, ?, ?::pg_catalog.int8) returning id",
                        row -> row.getLong(1),
                        plan.project(),
                        plan.direction().name().toLowerCase(Locale.ROOT),
                        plan.from(),
                        plan.to(),
                        DeploymentPlanJson.digest(plan),
                        undoes.map(String::valueOf).orElse(null))
                .get(0);
    }

    /** Writes that an unfinished deployment is gone on with, by another plan perhaps. */
    public void goOn(long deployment, DeploymentPlan plan) {
        session.query(
                "update pgattest.deployment set plan = ? where id = ? returning id",
                row -> row.getLong(1),
                DeploymentPlanJson.digest(plan),
                deployment);
    }

    /**
     * Writes that a step begins, and gives the number of the record.
     *
     * @param live the catalog before it
     */
    public long beginStep(long deployment, int position, Step step, CatalogSnapshot live) {
        Optional<QualifiedName> index = step.index();
        Optional<WantedIndex> before = step.former().or(() -> index).flatMap(name -> before(name, live));
        Optional<WantedIndex.Constraint> owner = before.flatMap(WantedIndex::owner);
        return session.query(
                        BEGIN_STEP,
                        row -> row.getLong(1),
                        deployment,
                        position,
                        step.key(),
                        step.kind().word(),
                        step.subject().text(),
                        index.map(QualifiedName::schema).orElse(null),
                        index.map(QualifiedName::name).orElse(null),
                        String.join(";\n", step.shownStatements()),
                        before.map(each -> each.statement().named(each.name().name()))
                                .orElse(null),
                        owner.map(WantedIndex.Constraint::kind).orElse(null),
                        owner.map(WantedIndex.Constraint::checked).orElse(null),
                        before.flatMap(WantedIndex::remark).orElse(null),
                        actor.operator(),
                        actor.host(),
                        actor.process())
                .get(0);
    }

    /** An index that is of use, under a name of its own. */
    private static Optional<WantedIndex> before(QualifiedName name, CatalogSnapshot live) {
        boolean restorable = !WantedIndex.isTemporary(name)
                && live.index(name).filter(index -> index.standing().valid()).isPresent();
        return restorable ? live.asWanted(name) : Optional.empty();
    }

    /** Writes that a step is done; in the transaction of the step where it has one. */
    public void stepDone(long step) {
        endStep(step, "done", "");
    }

    /** Writes that a step failed. */
    public void stepFailed(long step, String message) {
        endStep(step, "failed", SecretText.clean(message));
    }

    private void endStep(long step, String outcome, String message) {
        Waits waited = waits.get();
        session.query(
                END_STEP,
                row -> row.getLong(1),
                outcome,
                message,
                waited.retries(),
                String.join("\n", waited.blockers()),
                step);
    }

    /** Writes that a deployment is done, and that the one that it undoes, if any, is undone. */
    public void done(long deployment) {
        session.query("""
                with ended as (
                    update pgattest.deployment
                    set outcome = 'done', finished_at = pg_catalog.clock_timestamp()
                    where id = ?
                    returning undoes
                )
                update pgattest.deployment as d
                set outcome = 'undone'
                from ended
                where d.id = ended.undoes
                returning d.id
                """, row -> row.getLong(1), deployment);
    }
}
