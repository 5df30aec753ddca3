-- Who gets a value of a setting without setting it. Bound: the setting's name.
select
    coalesce(pg_catalog.quote_ident(r.rolname), '') as role,
    pg_catalog.substr(s.setting, pg_catalog.strpos(s.setting, '=') + 1) as value
from pg_catalog.pg_db_role_setting as d
cross join lateral pg_catalog.unnest(d.setconfig) as s (setting)
left join pg_catalog.pg_roles as r on r.oid = d.setrole
where pg_catalog.lower(pg_catalog.split_part(s.setting, '=', 1)) = pg_catalog.lower(?)
  and d.setdatabase in (0, (select b.oid from pg_catalog.pg_database as b where b.datname = pg_catalog.current_database()))
order by 1
