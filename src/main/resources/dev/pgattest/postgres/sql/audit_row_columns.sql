-- Columns that a new row of a table may be given values for. Bound: the table.
select
    a.attname as name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
    pg_catalog.format_type(b.oid, case when y.typtype = 'd' then y.typtypmod else a.atttypmod end) as base_type,
    b.typcategory::text as category,
    array(select e.enumlabel::text from pg_catalog.pg_enum as e where e.enumtypid = b.oid order by e.enumsortorder) as labels,
    case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as default_text,
    array(
        select pg_catalog.pg_get_expr(k.conbin, 0) from pg_catalog.pg_constraint as k
        where k.contypid = a.atttypid and k.contype = 'c' and y.typtype = 'd') as domain_checks
from pg_catalog.pg_attribute as a
join pg_catalog.pg_type as y on y.oid = a.atttypid
join pg_catalog.pg_type as b on b.oid = case when y.typtype = 'd' then y.typbasetype else y.oid end
left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid = ? and a.attnum > 0 and not a.attisdropped
order by a.attnum
