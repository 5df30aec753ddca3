-- The only index of a temporary table of this session.
select pg_catalog.pg_get_indexdef(i.indexrelid)
from pg_catalog.pg_index as i
join pg_catalog.pg_class as t on t.oid = i.indrelid
where t.relnamespace = pg_catalog.pg_my_temp_schema() and t.relname = ?
