-- Columns of the user's relations and how each is filled when no value is given. Bound: relations that are locked.
select
    a.attrelid::bigint as relation,
    a.attname as name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull or (y.typtype = 'd' and y.typnotnull) as not_null,
    case
        when a.attidentity = 'a' then 'ALWAYS'
        when a.attidentity = 'd' then 'SEQUENCE'
        when a.attgenerated <> '' then 'GENERATED'
        when exists (
            select 1 from pg_catalog.pg_depend as s
            join pg_catalog.pg_class as q on q.oid = s.refobjid and q.relkind = 'S'
            where s.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and s.objid = d.oid
              and s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) then 'SEQUENCE'
        when d.oid is not null or y.typdefault is not null then 'DEFAULT'
        else 'NOT'
    end as filled
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_type as y on y.oid = a.atttypid
left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relkind in ('r', 'p', 'f', 'v', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and a.attnum > 0 and not a.attisdropped
  and c.oid <> all (?::oid[])
order by a.attrelid, a.attnum
