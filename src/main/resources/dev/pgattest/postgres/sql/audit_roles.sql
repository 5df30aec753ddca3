-- Every role of the server.
select
    r.rolname as name,
    r.rolcanlogin as login,
    r.rolsuper as superuser,
    r.rolbypassrls as bypasses,
    r.rolreplication as replicates,
    r.rolcreaterole as creates_roles
from pg_catalog.pg_roles as r
order by r.rolname collate "C"
