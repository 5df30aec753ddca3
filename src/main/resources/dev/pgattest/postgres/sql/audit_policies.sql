-- Policies with what they read and call. An expression's tree names every function by its id, operators' functions too. Bound: relations
-- that are locked.
select
    p.polrelid::bigint as table_id,
    p.polname as name,
    p.polpermissive as permissive,
    p.polcmd::text as command,
    array(select r.rolname::text from pg_catalog.pg_roles as r where r.oid = any (p.polroles) order by r.rolname) as roles,
    pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_text,
    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_text,
    array(
        select distinct a.attname::text from pg_catalog.pg_depend as d
        join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass and d.objid = p.oid
          and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = p.polrelid and d.refobjsubid > 0
        order by 1) as columns,
    array(select f.oid::bigint from pg_catalog.pg_proc as f where f.oid = any (c.called) order by f.oid) as functions,
    array(
        select f.proname::text from pg_catalog.pg_proc as f where f.oid = any (c.called) and f.provolatile = 'v'
        order by f.proname) as volatiles
from pg_catalog.pg_policy as p
cross join lateral (
    select array(
        select distinct m.parts[1]::oid
        from pg_catalog.regexp_matches(
            coalesce(p.polqual::text, '') || ' ' || coalesce(p.polwithcheck::text, ''),
            ':(?:funcid|opfuncid) ([0-9]+)', 'g') as m (parts)) as called) as c
where p.polrelid <> all (?::oid[])
order by p.polrelid, p.polname collate "C"
