-- Facts about the server and this session.
select
    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
    pg_catalog.current_setting('server_version') as version_text,
    pg_catalog.pg_is_in_recovery() as standby,
    pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool as read_only,
    pg_catalog.pg_database_size(pg_catalog.current_database()) as database_bytes
