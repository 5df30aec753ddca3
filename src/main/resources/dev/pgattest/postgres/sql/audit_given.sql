-- Rights on relations and their columns that somebody else than the owner was given.
select
    coalesce(r.rolname, '') as grantee,
    g.relation::bigint as relation,
    pg_catalog.array_agg(distinct g.word order by g.word) as rights
from (
    select c.oid as relation, c.relowner as owner, a.grantee, a.privilege_type as word
    from pg_catalog.pg_class as c
    cross join lateral pg_catalog.aclexplode(c.relacl) as a
    where c.relkind in ('r', 'p', 'f', 'v', 'm')
    union all
    select c.oid, c.relowner, a.grantee, a.privilege_type
    from pg_catalog.pg_class as c
    join pg_catalog.pg_attribute as t on t.attrelid = c.oid and t.attacl is not null
    cross join lateral pg_catalog.aclexplode(t.attacl) as a
    where c.relkind in ('r', 'p', 'f', 'v', 'm')
) as g
left join pg_catalog.pg_roles as r on r.oid = g.grantee
where g.grantee <> g.owner
  and g.word in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER')
group by coalesce(r.rolname, ''), g.relation
order by g.relation, coalesce(r.rolname, '') collate "C"
