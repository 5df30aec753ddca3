-- The columns of a table, with whether a row can be written without giving them a value.
select
    a.attname as name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
    a.attgenerated <> '' as generated,
    a.attnotnull and not a.atthasdef and a.attidentity = '' as required
from pg_catalog.pg_attribute as a
where a.attrelid = pg_catalog.to_regclass(?) and a.attnum > 0 and not a.attisdropped
order by a.attnum
