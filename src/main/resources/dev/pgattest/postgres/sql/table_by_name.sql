-- The table or materialized view of a name, and of a schema unless that is empty; that of the search path first.
select n.nspname as schema_name, c.relname as name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'm')
  and c.relname = ?::pg_catalog.text
  and (?::pg_catalog.text = '' or n.nspname = ?::pg_catalog.text)
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by
    coalesce(pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname), 2147483647),
    n.nspname <> 'public',
    n.nspname collate "C"
limit 1
