-- Unique and excluding indexes; of an expression, the columns in it. Bound: relations that are locked.
select
    i.indrelid::bigint as table_id,
    coalesce(k.conname, x.relname) as name,
    k.oid is not null as is_constraint,
    array(
        select distinct a.attname::text from pg_catalog.pg_attribute as a
        where a.attrelid = i.indrelid and a.attnum > 0
          and (a.attnum = any ((i.indkey::smallint[])[0:i.indnkeyatts - 1])
            or exists (
                select 1 from pg_catalog.pg_depend as d
                where i.indexprs is not null
                  and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = i.indexrelid
                  and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = i.indrelid
                  and d.refobjsubid = a.attnum))
        order by 1) as columns,
    (select pg_catalog.string_agg(pg_catalog.pg_get_indexdef(i.indexrelid, g, true), ', ' order by g)
        from pg_catalog.generate_series(1, i.indnkeyatts) as g) as key_text
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
left join pg_catalog.pg_constraint as k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
where (i.indisunique or k.contype = 'x') and i.indislive
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and t.oid <> all (?::oid[])
order by i.indrelid, coalesce(k.conname, x.relname) collate "C"
