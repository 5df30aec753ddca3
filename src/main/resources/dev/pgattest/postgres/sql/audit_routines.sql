-- Functions and procedures of the user's schemas with who may call them. Bound: roles as text[].
select
    p.oid::bigint as oid,
    n.nspname as schema_name,
    p.proname as name,
    pg_catalog.pg_get_function_identity_arguments(p.oid) as arguments,
    pg_catalog.pg_get_userbyid(p.proowner) as owner,
    p.prosecdef as definer,
    l.lanname as language,
    coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc, '') as source,
    p.prosqlbody is not null as bound_early,
    case
        when p.prorettype in ('pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
            then 'TRIGGER'
        when p.prokind = 'p' then 'PROCEDURE'
        else 'FUNCTION'
    end as kind,
    (select pg_catalog.substr(s.setting, 13) from pg_catalog.unnest(p.proconfig) as s (setting)
        where s.setting like 'search\_path=%' limit 1) as search_path,
    array(
        select r.rolname::text from pg_catalog.pg_roles as r
        where r.rolname = any (?::text[]) and pg_catalog.has_function_privilege(r.oid, p.oid, 'execute')
          and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
        order by r.rolname) as executors,
    exists (
        select 1 from pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) as a
        where a.grantee = 0 and a.privilege_type = 'EXECUTE') as open_to_all,
    p.prokind = 'f' and p.pronargs = p.pronargdefaults
        and p.prorettype not in (
            'pg_catalog.void'::pg_catalog.regtype, 'pg_catalog.trigger'::pg_catalog.regtype,
            'pg_catalog.event_trigger'::pg_catalog.regtype, 'pg_catalog.record'::pg_catalog.regtype)
        or p.prokind = 'f' and p.pronargs = p.pronargdefaults and p.proargmodes is not null as callable
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
join pg_catalog.pg_language as l on l.oid = p.prolang
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and p.prokind in ('f', 'p')
  and not exists (
      select 1 from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')
order by n.nspname collate "C", p.proname collate "C", pg_catalog.pg_get_function_identity_arguments(p.oid) collate "C"
