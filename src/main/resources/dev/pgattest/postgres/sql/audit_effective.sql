-- What some roles can do with relations, however they came by that. Bound: the roles as text[], relations that are locked.
select
    r.rolname as role,
    c.oid::bigint as relation,
    array(
        select p.word from (
            values
                ('SELECT', pg_catalog.has_any_column_privilege(r.oid, c.oid, 'select')),
                ('INSERT', pg_catalog.has_any_column_privilege(r.oid, c.oid, 'insert')),
                ('UPDATE', pg_catalog.has_any_column_privilege(r.oid, c.oid, 'update')),
                ('DELETE', pg_catalog.has_table_privilege(r.oid, c.oid, 'delete')),
                ('TRUNCATE', pg_catalog.has_table_privilege(r.oid, c.oid, 'truncate')),
                ('REFERENCES', pg_catalog.has_any_column_privilege(r.oid, c.oid, 'references')),
                ('TRIGGER', pg_catalog.has_table_privilege(r.oid, c.oid, 'trigger'))
        ) as p (word, has)
        where p.has) as rights
from pg_catalog.pg_roles as r
cross join pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where r.rolname = any (?::text[])
  and c.relkind in ('r', 'p', 'f', 'v', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
  and c.oid <> all (?::oid[])
