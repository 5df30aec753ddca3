-- The columns that valid indexes begin with, by table.
select i.indrelid::bigint as table_id, pg_catalog.array_agg(distinct a.attname::text) as columns
from pg_catalog.pg_index as i
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
where i.indisvalid and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
group by i.indrelid
