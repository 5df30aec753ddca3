-- Every index that is no part of a partitioned one, with what takes it away and what holds it.
with family as (
    select i.indexrelid as root, t.relid
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as x on x.oid = i.indexrelid
    cross join lateral pg_catalog.pg_partition_tree(i.indexrelid) as t
    where x.relkind = 'I' and t.isleaf
    union all
    select i.indexrelid, i.indexrelid
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as x on x.oid = i.indexrelid
    where x.relkind = 'i'
)
select
    xn.nspname as schema_name,
    x.relname as name,
    tn.nspname as table_schema,
    t.relname as table_name,
    pg_catalog.pg_get_indexdef(i.indexrelid) as definition,
    case when c.oid is null
        then pg_catalog.format('drop index %I.%I', xn.nspname, x.relname)
        else pg_catalog.format('alter table %I.%I drop constraint %I', tn.nspname, t.relname, c.conname)
    end as remove,
    array(
        select pg_catalog.format('%I of %I.%I', f.conname, fn.nspname, ft.relname)
        from pg_catalog.pg_constraint as f
        join pg_catalog.pg_class as ft on ft.oid = f.conrelid
        join pg_catalog.pg_namespace as fn on fn.oid = ft.relnamespace
        where f.conindid = i.indexrelid and f.contype = 'f' and f.conparentid = 0
        order by 1) as referenced_by,
    array(
        select r.relname::text from family join pg_catalog.pg_class as r on r.oid = family.relid
        where family.root = i.indexrelid order by 1) as parts,
    array(
        select pg_catalog.format('%I.%I', rn.nspname, r.relname)
        from family
        join pg_catalog.pg_index as ri on ri.indexrelid = family.relid
        join pg_catalog.pg_class as r on r.oid = ri.indrelid
        join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
        where family.root = i.indexrelid order by 1) as tables,
    (
        select coalesce(sum(pg_catalog.pg_relation_size(family.relid)), 0)::pg_catalog.int8
        from family where family.root = i.indexrelid) as size_bytes,
    (
        select coalesce(sum(pg_catalog.pg_table_size(member.relid)), 0)::pg_catalog.int8
        from (
            select p.relid from pg_catalog.pg_partition_tree(t.oid) as p where t.relkind = 'p'
            union all
            select t.oid where t.relkind <> 'p') as member) as table_bytes
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_namespace as xn on xn.oid = x.relnamespace
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
left join pg_catalog.pg_constraint as c on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('p', 'u', 'x')
where not x.relispartition
  and tn.nspname !~ '^pg_' and tn.nspname not in ('information_schema', 'pgattest')
  and t.relname not like 'flyway\_schema\_history%'
order by tn.nspname collate "C", t.relname collate "C", xn.nspname collate "C", x.relname collate "C"
