-- What some roles have of others. Bound: the roles that may have it, the roles that they may have it of, the names in both as text[]. Since
-- PostgreSQL 16 a membership says for itself whether it allows SET ROLE.
select
    s.rolname as role,
    t.rolname as target,
    pg_catalog.pg_has_role(s.oid, t.oid, 'usage') as inherits,
    pg_catalog.pg_has_role(s.oid, t.oid, v.may_set)
        or pg_catalog.pg_has_role(s.oid, t.oid, 'member with admin option') as becomes
from pg_catalog.pg_roles as s
cross join pg_catalog.pg_roles as t
cross join (
    select case when pg_catalog.current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end) as v (may_set)
where s.rolname = any (?::text[]) and t.rolname = any (?::text[]) and s.oid <> t.oid
  and (pg_catalog.pg_has_role(s.oid, t.oid, 'member')
    or pg_catalog.pg_has_role(s.oid, t.oid, 'usage')
    or pg_catalog.pg_has_role(s.oid, t.oid, 'member with admin option'))
order by s.rolname collate "C", t.rolname collate "C"
