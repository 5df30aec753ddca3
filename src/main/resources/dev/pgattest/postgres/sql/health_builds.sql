-- Who builds an index, or holds the lock that rebuilding and dropping one concurrently takes. What a role may not see is null.
select
    p.pid as process_id,
    tn.nspname as table_schema,
    t.relname as table_name,
    xn.nspname as index_schema,
    x.relname as index_name,
    coalesce(p.command, '') as command,
    coalesce(
        p.phase || case when p.blocks_total > 0
            then pg_catalog.format(', %s %%', pg_catalog.round(100.0 * p.blocks_done / p.blocks_total)) else '' end,
        '') as phase
from pg_catalog.pg_stat_progress_create_index as p
left join pg_catalog.pg_class as t on t.oid = p.relid
left join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
left join pg_catalog.pg_class as x on x.oid = p.index_relid
left join pg_catalog.pg_namespace as xn on xn.oid = x.relnamespace
where p.datname = pg_catalog.current_database()
union all
select
    l.pid, tn.nspname, t.relname, xn.nspname, x.relname, 'holds ' || l.mode || ' on the index', ''
from pg_catalog.pg_locks as l
join pg_catalog.pg_index as i on i.indexrelid = l.relation and not i.indisvalid
join pg_catalog.pg_class as x on x.oid = i.indexrelid and x.relkind = 'i'
join pg_catalog.pg_namespace as xn on xn.oid = x.relnamespace
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
where l.locktype = 'relation' and l.granted and l.mode in ('ShareUpdateExclusiveLock', 'AccessExclusiveLock')
  and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
  and l.pid not in (select p.pid from pg_catalog.pg_stat_progress_create_index as p)
order by 1
