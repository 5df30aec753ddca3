-- Relations that a session locks, or waits to lock, so that no reader gets by.
select distinct
    l.relation::bigint as relation,
    coalesce(i.indrelid, l.relation)::bigint as table_id,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    l.pid as process_id
from pg_catalog.pg_locks as l
left join pg_catalog.pg_index as i on i.indexrelid = l.relation
left join pg_catalog.pg_class as c on c.oid = coalesce(i.indrelid, l.relation)
left join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock'
  and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
  and n.nspname !~ '^pg_'
