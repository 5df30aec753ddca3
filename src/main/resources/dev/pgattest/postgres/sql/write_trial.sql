-- What writing to a table on trial needs to know: its part that holds most rows, its columns, what stands in the way.
with part as (
    select c.oid, c.relname, n.nspname, c.relkind, c.relpages, c.reltuples
    from (
        select p.relid from pg_catalog.pg_partition_tree(?::pg_catalog.regclass) as p where p.isleaf
        union
        select ?::pg_catalog.regclass) as member(relid)
    join pg_catalog.pg_class as c on c.oid = member.relid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind <> 'p'
    order by c.relpages desc, n.nspname collate "C", c.relname collate "C"
    limit 1
),
triggers as (
    select g.tgname, g.tgenabled
    from pg_catalog.pg_trigger as g
    where g.tgrelid = (select oid from part) and not g.tgisinternal and g.tgenabled <> 'D'
)
select
    part.nspname as schema_name,
    part.relname as name,
    part.oid::pg_catalog.int8 as oid,
    part.relkind = 'r' as writable,
    case when part.relpages > 0 and part.reltuples > 0 then part.reltuples / part.relpages else 1 end as rows_a_page,
    pg_catalog.pg_relation_size(part.oid) / pg_catalog.current_setting('block_size')::pg_catalog.int8 as pages,
    array(
        select a.attname::text
        from pg_catalog.pg_attribute as a
        where a.attrelid = part.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
    array(
        select a.attname::text
        from pg_catalog.pg_attribute as a
        where a.attrelid = part.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
        order by
            exists (
                select from pg_catalog.pg_constraint as k
                where k.conrelid = part.oid and k.contype in ('p', 'f') and a.attnum = any (k.conkey)),
            a.attnum) as changeable,
    array(
        select pg_catalog.format('alter table %I.%I drop constraint %I', n.nspname, r.relname, k.conname)
        from pg_catalog.pg_constraint as k
        join pg_catalog.pg_class as r on r.oid = k.conrelid
        join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
        where k.contype = 'f' and k.conparentid = 0 and k.confrelid in (part.oid, ?::pg_catalog.regclass)
        order by 1) as references_to_it,
    array(
        select pg_catalog.format('alter table %I.%I disable trigger %I', part.nspname, part.relname, g.tgname)
        from triggers as g order by 1) as disable,
    array(
        select pg_catalog.format(
            'alter table %I.%I enable %s trigger %I', part.nspname, part.relname,
            case g.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, g.tgname)
        from triggers as g order by 1) as enable
from part
