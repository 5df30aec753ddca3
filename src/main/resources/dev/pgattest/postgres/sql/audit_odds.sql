-- Other ways out for some roles. Bound: the roles as text[].
with roles as (
    select r.oid, r.rolname, r.rolsuper from pg_catalog.pg_roles as r where r.rolname = any (?::text[])
)
select
    array(
        select r.rolname::text from roles as r
        where not r.rolsuper and pg_catalog.has_any_column_privilege(r.oid, 'pg_catalog.pg_statistic'::pg_catalog.regclass, 'select')
        order by r.rolname) as statistics,
    (select count(distinct c.oid) from roles as r
        join pg_catalog.pg_class as c on c.relkind = 'S'
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where n.nspname !~ '^pg_' and not r.rolsuper
          and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
          and pg_catalog.has_sequence_privilege(r.oid, c.oid, 'select')) as sequences,
    (select count(distinct l.oid) from pg_catalog.pg_largeobject_metadata as l
        cross join lateral pg_catalog.aclexplode(l.lomacl) as a
        where a.privilege_type = 'SELECT' and a.grantee <> l.lomowner
          and (a.grantee = 0 or exists (
              select 1 from roles as r where pg_catalog.pg_has_role(r.oid, a.grantee, 'usage')))) as large_objects
