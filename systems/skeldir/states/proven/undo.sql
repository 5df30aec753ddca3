drop index concurrently idx_attribution_allocations_created_at_brin;
create index concurrently idx_attribution_allocations_channel on attribution_allocations (channel_code);
comment on index idx_attribution_allocations_channel is 'Meant for channel performance queries.';
drop index concurrently idx_revenue_ledger_tenant_captured;

set lock_timeout = '2s';
drop function refresh_channel_performance_daily(date, date);
drop view channel_performance;
drop table channel_performance_coverage;
drop table channel_performance_daily;
drop policy rollup_read_policy on attribution_allocations;
revoke select on attribution_allocations from skeldir_rollup;
