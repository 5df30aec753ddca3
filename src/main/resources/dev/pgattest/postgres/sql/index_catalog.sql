-- Every index of the user's schemas with what the catalog knows about it.
select
    xn.nspname as schema_name,
    x.relname as name,
    tn.nspname as table_schema,
    t.relname as table_name,
    pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
    i.indisvalid as valid,
    i.indisready as ready,
    i.indislive as live,
    i.indisreplident as replica_identity,
    i.indisclustered as clustered,
    c.conname as constraint_name,
    c.contype as constraint_type,
    coalesce(c.condeferrable, false) as deferrable,
    (
        select pg_catalog.array_agg(o.oprname::pg_catalog.text order by k.place)
        from pg_catalog.unnest(c.conexclop) with ordinality as k (operator, place)
        join pg_catalog.pg_operator as o on o.oid = k.operator
        where c.contype = 'x'
    ) as exclusion_operators,
    pn.nspname as parent_schema,
    p.relname as parent_name,
    x.relkind = 'I' as partitioned,
    case when x.relkind = 'I' then 0 else pg_catalog.pg_relation_size(i.indexrelid) end as size_bytes
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_namespace as xn on xn.oid = x.relnamespace
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
left join pg_catalog.pg_constraint as c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
left join pg_catalog.pg_inherits as h on h.inhrelid = i.indexrelid
left join pg_catalog.pg_class as p on p.oid = h.inhparent
left join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
where tn.nspname !~ '^pg_' and tn.nspname not in ('information_schema', 'pgattest')
  and t.relname not like 'flyway\_schema\_history%'
order by tn.nspname collate "C", t.relname collate "C", xn.nspname collate "C", x.relname collate "C"
