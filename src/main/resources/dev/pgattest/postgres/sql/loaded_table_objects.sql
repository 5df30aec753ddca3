-- Keys, indexes and references that stand in the way of a fast load into the named tables, with what rebuilds them.
-- Partitioned tables and partitions keep their keys and indexes: recreating a parent's would rename those of its partitions.
with named as (
    select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) as name, c.relkind = 'r' and not c.relispartition as is_plain
    from pg_catalog.unnest(?::text[]) as wanted(name)
    join pg_catalog.pg_class as c on c.oid = wanted.name::pg_catalog.regclass
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
),
target as (
    select oid, name
    from named
    where is_plain
)
select
    'reference' as kind,
    pg_catalog.format('%I.%I', n.nspname, r.relname) as table_name,
    pg_catalog.quote_ident(k.conname) as name,
    pg_catalog.format('alter table %I.%I drop constraint %I', n.nspname, r.relname, k.conname) as remove,
    pg_catalog.format('alter table %I.%I add constraint %I %s', n.nspname, r.relname, k.conname, pg_catalog.pg_get_constraintdef(k.oid)) as build,
    null as attach,
    case when d.description is not null
        then pg_catalog.format('comment on constraint %I on %I.%I is %L', k.conname, n.nspname, r.relname, d.description)
    end as finish
from pg_catalog.pg_constraint as k
join pg_catalog.pg_class as r on r.oid = k.conrelid
join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
left join pg_catalog.pg_description as d on d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and d.objoid = k.oid
where k.contype = 'f' and k.conparentid = 0
  and (k.conrelid in (select oid from named) or k.confrelid in (select oid from named))

union all
select
    case when k.oid is null then 'index' else 'key' end,
    t.name,
    pg_catalog.format('%I.%I', n.nspname, x.relname),
    case when k.oid is null
        then pg_catalog.format('drop index %I.%I', n.nspname, x.relname)
        else pg_catalog.format('alter table %s drop constraint %I', t.name, k.conname)
    end,
    case when k.contype = 'x' or (k.oid is not null and pg_catalog.to_jsonb(k) ->> 'conperiod' = 'true')
        then pg_catalog.format('alter table %s add constraint %I %s', t.name, k.conname, pg_catalog.pg_get_constraintdef(k.oid))
        else pg_catalog.pg_get_indexdef(i.indexrelid)
    end,
    case when k.contype in ('p', 'u') and coalesce(pg_catalog.to_jsonb(k) ->> 'conperiod', 'false') = 'false'
        then pg_catalog.format(
            'alter table %s add constraint %I %s using index %I%s%s', t.name, k.conname,
            case k.contype when 'p' then 'primary key' else 'unique' end, x.relname,
            case when k.condeferrable then ' deferrable' else '' end,
            case when k.condeferred then ' initially deferred' else '' end)
    end,
    pg_catalog.concat_ws(
        '; ',
        case when d.description is not null
            then pg_catalog.format('comment on index %I.%I is %L', n.nspname, x.relname, d.description)
        end,
        case when kd.description is not null
            then pg_catalog.format('comment on constraint %I on %s is %L', k.conname, t.name, kd.description)
        end,
        case when i.indisclustered then pg_catalog.format('alter table %s cluster on %I', t.name, x.relname) end,
        case when i.indisreplident then pg_catalog.format('alter table %s replica identity using index %I', t.name, x.relname) end,
        (
            select pg_catalog.string_agg(
                pg_catalog.format('alter index %I.%I alter column %s set statistics %s', n.nspname, x.relname, a.attnum, a.attstattarget), '; '
                order by a.attnum)
            from pg_catalog.pg_attribute as a
            where a.attrelid = i.indexrelid and a.attstattarget >= 0
        ))
from target as t
join pg_catalog.pg_index as i on i.indrelid = t.oid
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_namespace as n on n.oid = x.relnamespace
left join pg_catalog.pg_constraint as k on k.conindid = i.indexrelid and k.conrelid = t.oid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_description as d
    on d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objoid = i.indexrelid and d.objsubid = 0
left join pg_catalog.pg_description as kd
    on kd.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and kd.objoid = k.oid

union all
select
    'trigger', t.name, pg_catalog.quote_ident(g.tgname),
    pg_catalog.format('alter table %s disable trigger %I', t.name, g.tgname),
    pg_catalog.format(
        'alter table %s enable %s trigger %I', t.name,
        case g.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, g.tgname),
    null, null
from target as t
join pg_catalog.pg_trigger as g on g.tgrelid = t.oid and not g.tgisinternal and g.tgenabled <> 'D'

union all
select
    'row security', t.name, t.name,
    pg_catalog.format('alter table %s no force row level security', t.name),
    pg_catalog.format('alter table %s force row level security', t.name),
    null, null
from target as t
join pg_catalog.pg_class as c on c.oid = t.oid
where c.relforcerowsecurity
order by 1, 2, 3
