-- Whether the current role can keep the journal.
select
    case
        when pg_catalog.to_regclass('pgattest.deployment_step') is not null then
            pg_catalog.has_table_privilege(pg_catalog.to_regclass('pgattest.deployment_step'), 'insert, update, select')
            and pg_catalog.has_table_privilege(pg_catalog.to_regclass('pgattest.deployment'), 'insert, update, select')
        when exists (select from pg_catalog.pg_namespace where nspname = 'pgattest') then
            pg_catalog.has_schema_privilege('pgattest', 'create')
        else pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
    end as writable
