-- How far a backend is with its index, and whom it waits for.
select
    coalesce(b.phase, '') as phase,
    coalesce(b.blocks_total, 0) as blocks_total,
    coalesce(b.blocks_done, 0) as blocks_done,
    coalesce(b.tuples_total, 0) as tuples_total,
    coalesce(b.tuples_done, 0) as tuples_done,
    coalesce(b.lockers_total, 0) as lockers_total,
    coalesce(b.lockers_done, 0) as lockers_done,
    nullif(coalesce(nullif(b.current_locker_pid, 0), blocking.pid), pg_catalog.pg_backend_pid()) as blocker
from pg_catalog.pg_stat_activity as a
left join pg_catalog.pg_stat_progress_create_index as b on b.pid = a.pid
left join lateral (
    select u.pid from pg_catalog.unnest(pg_catalog.pg_blocking_pids(a.pid)) as u (pid) where u.pid > 0 limit 1
) as blocking on true
where a.pid = ?
