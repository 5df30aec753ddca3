-- One session that others wait for.
select
    a.pid,
    coalesce(a.application_name, '') as application,
    coalesce(a.usename, '') as role,
    coalesce(a.state, '') as state,
    coalesce(extract(epoch from pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.query_start)), 0) as age_s,
    pg_catalog.left(pg_catalog.regexp_replace(coalesce(a.query, ''), '\s+', ' ', 'g'), 80) as query
from pg_catalog.pg_stat_activity as a
where a.pid = ?
