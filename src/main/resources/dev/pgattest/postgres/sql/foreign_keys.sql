-- Every foreign key of the user's tables. Those that a partition has from its parent are the parent's.
select
    c.conname as name,
    n.nspname as table_schema,
    t.relname as table_name,
    rn.nspname as referenced_schema,
    r.relname as referenced_name,
    array(
        select a.attname::text
        from pg_catalog.unnest(c.conkey) with ordinality as k(attnum, position)
        join pg_catalog.pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.attnum
        order by k.position) as columns
from pg_catalog.pg_constraint as c
join pg_catalog.pg_class as t on t.oid = c.conrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
join pg_catalog.pg_class as r on r.oid = c.confrelid
join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
where c.contype = 'f' and c.conparentid = 0
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by n.nspname collate "C", t.relname collate "C", c.conname collate "C"
