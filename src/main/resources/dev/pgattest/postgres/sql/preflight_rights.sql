-- What the current role may do with a table: it has to own it, and to make indexes in its schema.
select
    pg_catalog.pg_get_userbyid(c.relowner) as owner,
    pg_catalog.pg_has_role(c.relowner, 'usage') as owns,
    pg_catalog.has_schema_privilege(c.relnamespace, 'create') as creates
from pg_catalog.pg_class as c
where c.oid = pg_catalog.to_regclass(?)
