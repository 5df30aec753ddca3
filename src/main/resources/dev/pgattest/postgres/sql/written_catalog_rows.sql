-- How many rows of system tables this session has inserted, updated and deleted since it last reported to the statistics.
select coalesce(pg_catalog.sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
from pg_catalog.pg_stat_xact_sys_tables
where schemaname = 'pg_catalog'
