-- Who holds a table in the mode of maintenance: another build, or a vacuum.
select
    a.pid,
    coalesce(a.backend_type, '') as type,
    coalesce(a.application_name, '') as application,
    extract(epoch from pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.query_start, a.backend_start)) as age_s,
    pg_catalog.left(pg_catalog.regexp_replace(coalesce(a.query, ''), '\s+', ' ', 'g'), 80) as query
from pg_catalog.pg_locks as l
join pg_catalog.pg_stat_activity as a on a.pid = l.pid
where l.locktype = 'relation' and l.granted and l.mode = 'ShareUpdateExclusiveLock'
  and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
  and l.relation = pg_catalog.to_regclass(?) and l.pid <> pg_catalog.pg_backend_pid()
order by a.pid
