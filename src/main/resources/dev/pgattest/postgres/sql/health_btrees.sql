-- What the size of each B-tree from a number of pages on follows from: one row a column. Bound: fewest pages.
select
    n.nspname as schema_name,
    x.relname as name,
    x.reltuples as rows,
    coalesce(pg_catalog.substring(pg_catalog.array_to_string(x.reloptions, ' '), 'fillfactor=([0-9]+)')::integer, 90) as fill_factor,
    not i.indisunique and i.indnatts = i.indnkeyatts
        and coalesce(pg_catalog.substring(pg_catalog.array_to_string(x.reloptions, ' '), 'deduplicate_items=([a-z0-9]+)'), 'on')
            in ('on', 'true', '1', 'yes') as deduplicates,
    a.attlen as bytes,
    case a.attalign when 'c' then 1 when 's' then 2 when 'i' then 4 else 8 end as alignment,
    v.avg_width as average_bytes,
    v.null_frac as null_share,
    v.n_distinct as distinct_values,
    exists (
        select 1
        from pg_catalog.pg_opclass as o
        join pg_catalog.pg_amproc as f on f.amprocfamily = o.opcfamily and f.amproclefttype = o.opcintype and f.amprocnum = 4
        where o.oid = i.indclass[a.attnum - 1])
        and coalesce(
            (select c.collisdeterministic from pg_catalog.pg_collation as c where c.oid = i.indcollation[a.attnum - 1]),
            true) as equal_is_same
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_am as m on m.oid = x.relam and m.amname = 'btree'
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as n on n.oid = x.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = i.indexrelid
left join pg_catalog.pg_attribute as k on k.attrelid = i.indrelid and k.attnum = i.indkey[a.attnum - 1] and k.attnum > 0
left join pg_catalog.pg_stats as v on v.schemaname = n.nspname and not v.inherited
    and v.tablename = case when k.attname is null then x.relname else t.relname end
    and v.attname = coalesce(k.attname, a.attname)
where x.relkind = 'i' and x.relpages >= ?
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by n.nspname, x.relname, a.attnum
