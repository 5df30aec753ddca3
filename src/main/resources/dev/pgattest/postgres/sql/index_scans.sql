-- How often this session has scanned each index since it last reported to the statistics; only its growth has a meaning.
select x.relname as name, pg_catalog.pg_stat_get_xact_numscans(i.indexrelid) as scans
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_namespace as xn on xn.oid = x.relnamespace
where xn.nspname !~ '^pg_' and xn.nspname not in ('information_schema', 'pgattest')
