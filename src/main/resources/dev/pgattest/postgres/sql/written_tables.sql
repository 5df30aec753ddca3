-- How many rows of each table this session has inserted, updated and deleted since it last reported to the statistics.
select
    schemaname as schema_name,
    relname as name,
    n_tup_ins + n_tup_upd + n_tup_del as rows
from pg_catalog.pg_stat_xact_user_tables
where n_tup_ins + n_tup_upd + n_tup_del > 0
