-- Foreign keys of the user's tables.
select
    k.conrelid::bigint as table_id,
    k.conname as name,
    array(
        select a.attname::text from pg_catalog.unnest(k.conkey) with ordinality as c (attnum, place)
        join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = c.attnum
        order by c.place) as columns,
    k.confrelid::bigint as target,
    array(
        select a.attname::text from pg_catalog.unnest(k.confkey) with ordinality as c (attnum, place)
        join pg_catalog.pg_attribute as a on a.attrelid = k.confrelid and a.attnum = c.attnum
        order by c.place) as target_columns
from pg_catalog.pg_constraint as k
join pg_catalog.pg_class as t on t.oid = k.conrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
where k.contype = 'f' and k.conparentid = 0
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by k.conrelid, k.conname collate "C"
