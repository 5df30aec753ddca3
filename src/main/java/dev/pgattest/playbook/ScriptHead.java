package dev.pgattest.playbook;

import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentLock;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.Hazard;
import dev.pgattest.deploy.LogCompression;
import dev.pgattest.deploy.StepKind;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a script looks at and prepares before it changes anything. */
final class ScriptHead {

    private static final List<String> SAVED = List.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "search_path",
            "synchronous_commit",
            "max_parallel_maintenance_workers",
            "max_parallel_workers_per_gather",
            "application_name");

    /** What the journal says has to survive a crash of the server. */
    private static final String DURABLE =
            "select pg_catalog.set_config('synchronous_commit', case s.value when 'off' then 'local' else"
                    + " s.value end, false) as durable from (select pg_catalog.current_setting('synchronous_commit')) as s (value) \\gset pgattest_";

    private static final String COMPRESSED = "select pg_catalog.count(pg_catalog.set_config(s.name, "
            + LogCompression.METHOD
            + ", false)) as compressed " + LogCompression.OF_SERVER_WITHOUT + " and " + LogCompression.BY_SUPERUSER
            + " \\gset pgattest_";

    /** The same for whoever could not have set it: they may not even set it to what it is. */
    private static final String NOT_COMPRESSED =
            "select pg_catalog.count(pg_catalog.set_config(s.name, s.reset_val, false)) as compressed from pg_catalog.pg_settings as s"
                    + " where s.name = 'wal_compression' and s.setting <> s.reset_val and "
                    + LogCompression.BY_SUPERUSER
                    + " \\gset pgattest_";

    private static final String HOLDER = """
            select coalesce(pg_catalog.string_agg(
                a.application_name || ', server process ' || a.pid || ', role ' || a.usename, '; '), 'a session that has just ended') as holder
            from pg_catalog.pg_locks as l
            join pg_catalog.pg_stat_activity as a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1
              and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
              and (l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8 = %d \\gset pgattest_""";

    /** A script that failed in a session that goes on has left them. */
    private static final String DEALLOCATED = "select pg_catalog.format('deallocate %I', s.name) from"
            + " pg_catalog.pg_prepared_statements as s where pg_catalog.starts_with(s.name, 'pgattest_') \\gexec";

    private final ScriptInput input;
    private final List<String> lines = new ArrayList<>();

    private ScriptHead(ScriptInput input) {
        this.input = input;
    }

    static List<String> of(ScriptInput input) {
        ScriptHead head = new ScriptHead(input);
        head.session();
        head.server();
        head.hazards();
        head.lock();
        head.tables();
        return head.lines;
    }

    private void session() {
        lines.add("");
        lines.add("\\set ON_ERROR_STOP on");
        lines.add("\\set ON_ERROR_ROLLBACK off");
        lines.add("\\set AUTOCOMMIT on");
        lines.add("\\set pgattest_quiet :QUIET");
        lines.add("\\set QUIET on");
        lines.add("\\encoding UTF8");
        lines.add("select\n"
                + SAVED.stream()
                        .map(name -> "    pg_catalog.current_setting('" + name + "') as saved_" + name)
                        .collect(Collectors.joining(",\n"))
                + " \\gset pgattest_");
        lines.addAll(settings(input.plan()));
        lines.add(DEALLOCATED);
    }

    /** The settings in force between the steps. */
    static List<String> settings(DeploymentPlan plan) {
        return List.of(
                "set client_encoding = 'UTF8';",
                "set application_name = " + Literal.quote("pgattest (" + PsqlScript.fileName(plan.direction()) + ")")
                        + ";",
                "set search_path = pg_catalog;",
                "set lock_timeout = '2s';",
                "set statement_timeout = 0;",
                "set idle_in_transaction_session_timeout = 0;",
                DURABLE,
                COMPRESSED,
                "select pg_catalog.count(pg_catalog.set_config(s.name, '0', false)) as timeouts from pg_catalog.pg_settings as s"
                        + " where s.name in ('idle_session_timeout', 'transaction_timeout') \\gset pgattest_");
    }

    /** Back to what they were, and the lock is given back. */
    static List<String> restored() {
        List<String> restored = new ArrayList<>();
        restored.add("select pg_catalog.pg_advisory_unlock(" + DeploymentLock.KEY + ") as unlocked \\gset pgattest_");
        restored.add(DEALLOCATED);
        restored.add(
                "select pg_catalog.count(pg_catalog.set_config(s.name, s.reset_val, false)) as timeouts from pg_catalog.pg_settings as s"
                        + " where s.name in ('idle_session_timeout', 'transaction_timeout') \\gset pgattest_");
        restored.add(NOT_COMPRESSED);
        SAVED.forEach(name -> restored.add("select pg_catalog.set_config('" + name + "', :'pgattest_saved_" + name
                + "', false) as timeout \\gset pgattest_"));
        return restored;
    }

    private void server() {
        String database = input.origin().database();
        lines.add("");
        lines.add("-- The right server, database and session.");
        lines.add("\\if :{?database}");
        lines.add("\\else");
        lines.add("\\set database " + PsqlText.argument(database));
        lines.add("\\endif");
        lines.add("""
                select
                    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 140004 as old,
                    pg_catalog.pg_is_in_recovery() as standby,
                    pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool as readonly,
                    pg_catalog.current_database() <> :'database' as elsewhere,
                    pg_catalog.now() <> pg_catalog.statement_timestamp() as transaction \\gset pgattest_""");
        refuse("old", "PostgreSQL before 14.4 builds corrupt indexes concurrently", "update it first");
        refuse("standby", "the server is a standby", "connect to the primary");
        refuse(
                "readonly",
                "the session is read-only",
                "connect as a role that may write, or turn default_transaction_read_only off");
        refuse(
                "elsewhere",
                "the plan was made for the database " + database,
                "make a playbook for this database, or say that it is the same with -v database=NAME");
        refuse("transaction", "the script is run in a transaction", "run it without -1 and outside of begin");
    }

    private void refuse(String condition, String message, String hint) {
        lines.add("\\if :pgattest_" + condition);
        lines.add(PsqlText.failure(message, hint));
        lines.add("\\endif");
    }

    private void hazards() {
        DeploymentPlan plan = input.plan();
        if (plan.hazards().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("-- What has to be allowed by name:");
        plan.hazards().forEach(hazard -> lines.add(PsqlText.comment("  " + hazard.id() + ": " + hazard.effect())));
        lines.add("\\if :{?allow}");
        lines.add("\\else");
        lines.add("\\set allow ''");
        lines.add("\\endif");
        String all =
                plan.hazards().stream().map(hazard -> "'" + hazard.id() + "'").collect(Collectors.joining(", "));
        lines.add("select not array[" + all + "]::pg_catalog.text[] <@ pg_catalog.string_to_array("
                + "pg_catalog.replace(:'allow', ' ', ','), ',') as refused \\gset pgattest_");
        String wanted = plan.hazards().stream().map(Hazard::id).collect(Collectors.joining(","));
        refuse(
                "refused",
                "the plan has hazards that are not allowed: " + wanted.replace(",", ", "),
                "look at them, then add -v allow=" + wanted);
    }

    private void lock() {
        lines.add("");
        lines.add(
                "-- One deployment at a time. The lock is asked for, never waited for: waiting holds a snapshot that the holder's build waits for.");
        lines.add("select not pg_catalog.pg_try_advisory_lock(" + DeploymentLock.KEY + ") as locked \\gset pgattest_");
        lines.add("\\if :pgattest_locked");
        lines.add(HOLDER.replace("%d", String.valueOf(DeploymentLock.KEY)));
        lines.add("\\warn 'it is' :pgattest_holder");
        lines.add(PsqlText.failure(
                "another deployment is at work in this database", "run the script again when it has ended"));
        lines.add("\\endif");
    }

    /** The tables must be what they were, so that nothing is begun that cannot be finished. */
    private void tables() {
        CatalogSnapshot before = input.before();
        List<QualifiedName> known = input.plan().steps().stream()
                .filter(step -> step.kind() == StepKind.CREATE || step.kind() == StepKind.CREATE_PARENT)
                .flatMap(step -> step.table().stream())
                .distinct()
                .filter(table -> before.relation(table).isPresent())
                .toList();
        lines.add("");
        lines.add(ScriptQueries.OF_CATALOG.strip());
        if (known.isEmpty()) {
            return;
        }
        String values = known.stream()
                .map(table -> "    (" + PsqlScript.literal(table.schema()) + ", " + Literal.quote(table.name()) + ", '"
                        + before.relation(table).orElseThrow().kind() + "')")
                .collect(Collectors.joining(",\n"));
        lines.add("");
        lines.add("-- The tables are those that the plan was made for.");
        lines.add("select pg_catalog.bool_or(c.oid is null) as changed,\n"
                + "    coalesce(pg_catalog.string_agg(pg_catalog.format('%I.%I', e.schema_name, e.table_name), ', ')"
                + " filter (where c.oid is null), '') as missing\n"
                + "from (values\n" + values + "\n) as e (schema_name, table_name, kind)\n"
                + "left join pg_catalog.pg_namespace as n on n.nspname = e.schema_name\n"
                + "left join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = e.table_name"
                + " and c.relkind::pg_catalog.text = e.kind \\gset pgattest_");
        lines.add("\\if :pgattest_changed");
        lines.add("\\warn 'missing, or no longer of the same kind:' :pgattest_missing");
        lines.add(PsqlText.failure("the database is not what the plan was made for", "make a new plan"));
        lines.add("\\endif");
    }
}
