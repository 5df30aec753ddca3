-- The server, the database and who asks.
select
    pg_catalog.current_database() as database,
    pg_catalog.current_setting('server_version') as version,
    current_user as role
