-- Transactions of this database that a concurrent build would have to wait for, the oldest first.
select
    a.pid,
    coalesce(a.application_name, '') as application,
    coalesce(a.usename, '') as role,
    coalesce(a.state, '') as state,
    extract(epoch from pg_catalog.clock_timestamp() - a.xact_start) as age_s,
    pg_catalog.left(pg_catalog.regexp_replace(coalesce(a.query, ''), '\s+', ' ', 'g'), 80) as query
from pg_catalog.pg_stat_activity as a
where a.datname = pg_catalog.current_database() and a.pid <> pg_catalog.pg_backend_pid()
  and (a.backend_xmin is not null or a.backend_xid is not null)
  and a.xact_start < pg_catalog.clock_timestamp() - interval '5 seconds'
  and a.backend_type = 'client backend'
order by a.xact_start
limit 5
