-- Names of the tables, partitioned tables and materialized views of the user's schemas, with the schema and without.
select names.name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (values (c.relname::pg_catalog.text), (n.nspname || '.' || c.relname)) as names (name)
where c.relkind in ('r', 'p', 'm', 'f')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and c.relname not like 'flyway\_schema\_history%'
