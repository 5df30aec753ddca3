-- Everything in the user's schemas that takes the name of a relation.
select
    n.nspname as schema_name,
    c.relname as name,
    c.relkind as kind,
    pn.nspname as parent_schema,
    p.relname as parent_name,
    c.reltuples as rows,
    c.relpages * pg_catalog.current_setting('block_size')::pg_catalog.int8 as bytes
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
left join pg_catalog.pg_inherits as h on h.inhrelid = c.oid and c.relispartition and c.relkind not in ('i', 'I')
left join pg_catalog.pg_class as p on p.oid = h.inhparent
left join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
