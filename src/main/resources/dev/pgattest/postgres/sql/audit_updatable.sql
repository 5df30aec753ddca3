-- The columns that a role may change, besides those that the server fills. Bound: the role, the table.
select a.attname as name
from pg_catalog.pg_attribute as a
join pg_catalog.pg_roles as r on r.rolname = ?
where a.attrelid = ? and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
  and pg_catalog.has_column_privilege(r.oid, a.attrelid, a.attnum, 'update')
order by a.attnum
