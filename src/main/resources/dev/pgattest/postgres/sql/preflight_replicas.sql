-- How far each replica is behind; null where the role may not see it.
select
    coalesce(nullif(r.application_name, ''), 'replica') as name,
    coalesce(r.sync_state, '') as sync_state,
    pg_catalog.pg_wal_lsn_diff(
        case when pg_catalog.pg_is_in_recovery() then null else pg_catalog.pg_current_wal_lsn() end,
        r.replay_lsn) as bytes,
    extract(epoch from r.replay_lag) as lag_s
from pg_catalog.pg_stat_replication as r
order by r.application_name, r.pid
