-- Average widths of a table's columns by the statistics, or else by their types.
select
    a.attname as name,
    coalesce(
        (
            select pg_catalog.max(s.avg_width)
            from pg_catalog.pg_stats as s
            where s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname),
        case when a.attlen > 0 then a.attlen end,
        32) as width
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.oid = pg_catalog.to_regclass(?)
