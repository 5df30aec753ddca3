-- Why a table cannot be copied, empty, into the session's temporary schema; empty when it can.
select case
    when pg_catalog.pg_is_in_recovery() then 'the server is a standby'
    when pg_catalog.current_setting('transaction_read_only') = 'on' then 'the session is read-only'
    when not pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')
        then 'the role may not make temporary tables in this database'
    when t.name is null then 'the table does not exist'
    when not pg_catalog.has_table_privilege(t.name::pg_catalog.oid, 'SELECT') then 'the role may not read the table'
    else ''
end as obstacle
from (select pg_catalog.to_regclass(?) as name) as t
