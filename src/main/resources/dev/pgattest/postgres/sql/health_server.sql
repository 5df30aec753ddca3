-- The server, the database, and since when its counters count. A crash empties all counters, which shows only in the counters that belong
-- to no database; each of these can also be reset for itself, so the oldest reset counts.
select
    pg_catalog.current_database() as database,
    pg_catalog.current_setting('server_version') as version,
    pg_catalog.pg_is_in_recovery() as standby,
    pg_catalog.clock_timestamp() as now,
    pg_catalog.pg_postmaster_start_time() as started,
    (select s.stats_reset from pg_catalog.pg_stat_database as s where s.datname = pg_catalog.current_database()) as reset,
    least(
        (select b.stats_reset from pg_catalog.pg_stat_bgwriter as b),
        (select a.stats_reset from pg_catalog.pg_stat_archiver as a),
        (select w.stats_reset from pg_catalog.pg_stat_wal as w)) as kept,
    pg_catalog.current_setting('track_counts')::boolean as counts,
    pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint as freeze_transactions,
    pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::bigint as freeze_multixacts,
    pg_catalog.current_setting('block_size')::integer as page_bytes,
    current_user as role,
    pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_statistics,
    (select pg_catalog.format('%I', n.nspname)
        from pg_catalog.pg_extension as e
        join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
        where e.extname = 'pgstattuple') as pgstattuple_schema
