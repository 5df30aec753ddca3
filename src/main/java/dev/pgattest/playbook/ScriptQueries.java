package dev.pgattest.playbook;

/** What a script asks the catalog and writes to the journal, prepared once at its beginning. */
final class ScriptQueries {

    /** Of the catalog. They return one row each, whatever is there. */
    static final String OF_CATALOG = """
            -- What has the name of an index: schema, name, schema of its table, table.
            prepare pgattest_index (text, text, text, text) as
            with found as (
                select
                    c.oid,
                    c.relkind = 'I' as partitioned,
                    i.indexrelid is null or tn.nspname <> $3 or t.relname <> $4 as taken,
                    coalesce(i.indisvalid and i.indisready and i.indislive, false) as usable,
                    exists (
                        select from pg_catalog.pg_stat_progress_create_index as b
                        join pg_catalog.pg_database as d on d.oid = b.datid
                        where b.index_relid = c.oid and d.datname = pg_catalog.current_database()) as building,
                    exists (
                        select from pg_catalog.pg_constraint as o where o.conindid = c.oid and o.contype in ('p', 'u', 'x')) as owned,
                    exists (select from pg_catalog.pg_inherits as h where h.inhrelid = c.oid) as attached,
                    pg_catalog.pg_get_indexdef(i.indexrelid) as definition
                from pg_catalog.pg_class as c
                join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                left join pg_catalog.pg_index as i on i.indexrelid = c.oid
                left join pg_catalog.pg_class as t on t.oid = i.indrelid
                left join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
                where n.nspname = $1 and c.relname = $2
            )
            select
                f.oid is null as absent,
                coalesce(f.taken, false) as taken,
                coalesce(not f.taken and f.building, false) as building,
                coalesce(not f.taken and f.usable, false) as usable,
                coalesce(not f.taken and not f.usable and not f.building and not f.partitioned, false) as leftover,
                coalesce(not f.taken and f.partitioned, false) as partitioned,
                coalesce(f.owned, false) as owned,
                coalesce(f.attached, false) as attached,
                coalesce(f.definition, '') as definition
            from (values (1)) as one (row)
            left join found as f on true;

            -- A statement that makes the same index on the empty copy of its table: schema, name, name of the copy.
            prepare pgattest_copy (text, text, text) as
            select pg_catalog.format(
                'create %sindex %I on pg_temp.pgattest_like %s',
                case when i.indisunique then 'unique ' else '' end,
                $3,
                pg_catalog.substr(d.definition, pg_catalog.length(b.beginning) + 1))
            from pg_catalog.pg_index as i
            join pg_catalog.pg_class as c on c.oid = i.indexrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            join pg_catalog.pg_class as t on t.oid = i.indrelid
            join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
            cross join lateral (values (pg_catalog.pg_get_indexdef(i.indexrelid))) as d (definition)
            -- Some versions call the schema of temporary tables by its own name.
            cross join lateral pg_catalog.unnest(array[tn.nspname::pg_catalog.text, 'pg_temp']) as s (schema_name)
            cross join lateral (values (pg_catalog.format(
                'CREATE %sINDEX %I ON %s%I.%I ',
                case when i.indisunique then 'UNIQUE ' else '' end,
                c.relname,
                case when c.relkind = 'I' then 'ONLY ' else '' end,
                s.schema_name,
                t.relname))) as b (beginning)
            where pg_catalog.starts_with(d.definition, b.beginning) and c.relname = $2
              and n.oid = case $1
                  when 'pg_temp' then pg_catalog.pg_my_temp_schema()
                  else (select s.oid from pg_catalog.pg_namespace as s where s.nspname = $1) end;

            -- Whether two indexes on the copy say the same.
            prepare pgattest_same (text, text) as
            select pg_catalog.count(*) = 2 and pg_catalog.count(distinct pg_catalog.replace(
                pg_catalog.pg_get_indexdef(c.oid), pg_catalog.quote_ident(c.relname), '')) = 1 as same
            from pg_catalog.pg_class as c
            where c.relnamespace = pg_catalog.pg_my_temp_schema() and c.relname in ($1, $2);

            -- A query for a few of the keys that keep a unique index from being built: schema, name.
            prepare pgattest_duplicates (text, text) as
            select pg_catalog.format(
                'select %1$s, pg_catalog.count(*) as rows from %2$I.%3$I where %4$s group by %1$s having pg_catalog.count(*) > 1'
                    || ' order by pg_catalog.count(*) desc limit 5',
                (
                    select pg_catalog.string_agg('(' || pg_catalog.pg_get_indexdef(i.indexrelid, k, true) || ')', ', ' order by k)
                    from pg_catalog.generate_series(1, i.indnkeyatts) as k
                ),
                tn.nspname,
                t.relname,
                coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), 'true'))
            from pg_catalog.pg_index as i
            join pg_catalog.pg_class as c on c.oid = i.indexrelid
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            join pg_catalog.pg_class as t on t.oid = i.indrelid
            join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
            where n.nspname = $1 and c.relname = $2;
            """;

    /** Of the journal, which must be there. */
    static final String OF_JOURNAL = """
            -- Whether a step of a script has run, whoever ran it: number of the deployment, key of the step.
            prepare pgattest_ran (bigint, text) as
            select exists (
                select from pgattest.deployment_step as s
                where s.deployment = $1 and s.key = $2 and s.outcome = 'done') as ran;

            -- Whether a deployment has ever begun to build an index: schema, name.
            prepare pgattest_ours (text, text) as
            select exists (
                select from pgattest.deployment_step as s where s.index_schema = $1 and s.index_name = $2) as ours;

            -- A step begins: deployment, position, key, kind, object, schema and name of the index, SQL, whether the index is kept in mind.
            prepare pgattest_begin_step (bigint, integer, text, text, text, text, text, text, boolean) as
            insert into pgattest.deployment_step (
                deployment, position, key, kind, object, index_schema, index_name, sql, before_definition, before_constraint,
                before_checked, before_comment, operator, host, process)
            select
                $1, $2, $3, $4, $5, $6, $7, $8,
                pg_catalog.pg_get_indexdef(i.indexrelid),
                case o.contype when 'p' then 'primary key' when 'u' then 'unique' end,
                case when o.condeferred then 'deferrable initially deferred' when o.condeferrable then 'deferrable'
                    when o.oid is not null then '' end,
                pg_catalog.obj_description(i.indexrelid, 'pg_class'),
                session_user, coalesce(pg_catalog.host(pg_catalog.inet_client_addr()), 'the server'), pg_catalog.pg_backend_pid()
            from (values (1)) as one (row)
            left join (
                pg_catalog.pg_class as c
                join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
                join pg_catalog.pg_index as i on i.indexrelid = c.oid and i.indisvalid
            ) on $9 and n.nspname = $6 and c.relname = $7
            left join pg_catalog.pg_constraint as o on o.conindid = i.indexrelid and o.contype in ('p', 'u')
            returning id as step;

            -- It is done: number of its record.
            prepare pgattest_end_step (bigint) as
            update pgattest.deployment_step
            set outcome = 'done', finished_at = pg_catalog.clock_timestamp()
            where id = $1;

            -- It failed: number of its record, why.
            prepare pgattest_fail_step (bigint, text) as
            update pgattest.deployment_step
            set outcome = 'failed', message = $2, finished_at = pg_catalog.clock_timestamp()
            where id = $1;
            """;

    private ScriptQueries() {}
}
