-- Every table and materialized view of the user's schemas with its size, after ANALYZE.
select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
    c.relname as simple_name,
    n.nspname as schema_name,
    c.reltuples::pg_catalog.int8 as rows,
    pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::pg_catalog.int8 as pages,
    pg_catalog.pg_table_size(c.oid) as size_bytes
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and c.relname not like 'flyway\_schema\_history%'
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
