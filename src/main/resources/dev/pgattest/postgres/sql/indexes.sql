-- Every index of the user's schemas with its size.
select
    n.nspname as schema_name,
    x.relname as name,
    pg_catalog.format('%I.%I', n.nspname, x.relname) as qualified_name,
    pg_catalog.format('%I.%I', n.nspname, t.relname) as table_name,
    pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
    pg_catalog.pg_relation_size(i.indexrelid) as size_bytes,
    i.indisvalid as valid
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and t.relname not like 'flyway\_schema\_history%'
order by pg_catalog.format('%I.%I', n.nspname, t.relname) collate "C", x.relname collate "C"
