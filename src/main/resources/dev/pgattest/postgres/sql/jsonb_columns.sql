-- The columns of type jsonb, or of a domain over it, of the user's tables and materialized views; partitions have those of their parent.
with recursive jsonb_types as (
    select 'pg_catalog.jsonb'::pg_catalog.regtype::pg_catalog.oid as type_oid
    union all
    select t.oid
    from pg_catalog.pg_type as t
    join jsonb_types as base on t.typbasetype = base.type_oid
    where t.typtype = 'd'
)
select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    a.attname as column_name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join jsonb_types as j on j.type_oid = a.atttypid
where c.relkind in ('r', 'p', 'm') and not c.relispartition
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C", a.attnum
