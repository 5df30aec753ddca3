-- Tables, partitions, foreign tables and views of the user's schemas. Bound: relations that are locked.
select
    c.oid::bigint as oid,
    n.nspname as schema_name,
    c.relname as name,
    c.relkind::text as kind,
    pg_catalog.pg_get_userbyid(c.relowner) as owner,
    c.relrowsecurity as row_security,
    c.relforcerowsecurity as forced,
    c.relispartition as is_partition,
    array(
        select h.inhparent::bigint from pg_catalog.pg_inherits as h
        where h.inhrelid = c.oid order by h.inhseqno) as parents,
    coalesce(c.reloptions, '{}') as options,
    case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) else '' end as definition,
    c.relkind = 'v' and (pg_catalog.pg_relation_is_updatable(c.oid, false) & 8) <> 0 as insertable
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f', 'v', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and c.relname not like 'flyway\_schema\_history%'
  and c.oid <> all (?::oid[])
  and not exists (
      select 1 from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C"
