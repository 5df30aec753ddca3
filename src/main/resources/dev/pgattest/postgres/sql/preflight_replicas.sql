-- How far each replica is behind; null where the role may not see it. The lag is null too where nothing was sent since it caught up.
select
    coalesce(nullif(r.application_name, ''), 'replica') as name,
    coalesce(r.sync_state, '') as sync_state,
    pg_catalog.pg_wal_lsn_diff(
        case when pg_catalog.pg_is_in_recovery() then null else pg_catalog.pg_current_wal_lsn() end,
        r.replay_lsn)::pg_catalog.int8 as bytes,
    extract(epoch from r.replay_lag)::pg_catalog.float8 as lag_s
from pg_catalog.pg_stat_replication as r
-- Not what copies the database with pg_basebackup.
where r.state is distinct from 'backup'
order by r.application_name, r.pid
